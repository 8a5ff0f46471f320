-- `nvim -l syntax.lua FOLDER…`: every Lua file below the folders compiles.
local files = 0
for _, folder in ipairs(arg) do
  local found = vim.fs.find(function(name)
    return vim.endswith(name, ".lua")
  end, { path = folder, type = "file", limit = math.huge })
  for _, file in ipairs(found) do
    assert(loadfile(file))
    files = files + 1
  end
end
assert(files > 0, "no Lua files found")
print(files .. " Lua files compile")

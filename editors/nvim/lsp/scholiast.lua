-- The language server of corpora with a `scholiast.toml`, for `vim.lsp.enable("scholiast")` (Neovim 0.11 and newer).
-- Copied alone to ~/.config/nvim/lsp/ it gives findings, hover and navigation; colours, commands and completion of names of
-- several words need the plug-in.

local MARKER = "scholiast.toml"

--- How many folders the registry patterns of a configuration climb: 1 for "../shared/*.toml".
---@param folder string
---@return integer
local function climbs(folder)
  local file = io.open(vim.fs.joinpath(folder, MARKER))
  if not file then
    return 0
  end
  local most = 0
  local registry = file:read("*a"):match("\n%s*registry%s*=%s*(%b[])") or ""
  file:close()
  for ups in registry:gmatch("[\"']([./]+)") do
    local _, count = ups:gsub("%.%./", "")
    most = math.max(most, count)
  end
  return most
end

--- The folder that holds a corpus and the registries it shares: one server for all corpora that share them.
---@param corpus string
---@return string
local function with_shared_registries(corpus)
  local root = corpus
  for _ = 1, climbs(corpus) do
    root = vim.fs.dirname(root)
  end
  return root
end

--- The folder of a registry file that lies in no corpus, where a corpus beside it uses it.
---@param file string
---@return string?
local function root_of_shared_registry(file)
  for folder in vim.fs.parents(file) do
    -- A registry is rarely far from its corpora, and folders near the root of the disk hold much else.
    if #vim.split(folder, "/", { trimempty = true }) < 2 then
      return nil
    end
    for name, kind in vim.fs.dir(folder) do
      local corpus = vim.fs.joinpath(folder, name)
      if kind == "directory" and climbs(corpus) > 0 then
        return with_shared_registries(corpus)
      end
    end
  end
end

---@type vim.lsp.Config
return {
  cmd = { "scholiast", "lsp" },
  -- What the plug-in adds: the command of a lens, and colours for the server's own token types.
  init_options = { commands = { "scholiast.showReferences" }, ownTokenTypes = true, savesAnnotations = true },
  -- Corpus texts, registry files and annotations, which the plug-in calls `brat`. The server itself tells corpus files from
  -- other text.
  filetypes = { "text", "toml", "brat" },
  -- Text and TOML are everywhere: outside a corpus no server is started.
  workspace_required = true,
  root_dir = function(buffer, on_dir)
    local file = vim.api.nvim_buf_get_name(buffer)
    local corpus = vim.bo[buffer].buftype == "" and file ~= "" and vim.fs.root(file, MARKER)
    if corpus then
      return on_dir(with_shared_registries(corpus))
    end
    if vim.bo[buffer].filetype ~= "toml" or file == "" then
      return
    end
    -- A shared registry to which a definition led: the server that is running knows it.
    for _, client in ipairs(vim.lsp.get_clients({ name = "scholiast" })) do
      local root = client.config.root_dir
      if root and vim.startswith(file, root .. "/") then
        return on_dir(root)
      end
    end
    local root = root_of_shared_registry(file)
    if root then
      on_dir(root)
    end
  end,
}

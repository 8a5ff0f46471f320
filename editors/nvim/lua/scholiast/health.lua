-- `:checkhealth scholiast`: is the server found, does it answer, what are its clients doing?

local M = {}

local NAME = "scholiast"

---@return string[] the command that starts the server
local function command()
  local config = vim.lsp.config and vim.lsp.config[NAME]
  local cmd = config and config.cmd
  return type(cmd) == "table" and cmd or { "scholiast", "lsp" }
end

local function check_neovim()
  if vim.fn.has("nvim-0.11") == 1 then
    local version = vim.version()
    vim.health.ok(("Neovim %d.%d.%d"):format(version.major, version.minor, version.patch))
    if vim.lsp.is_enabled and not vim.lsp.is_enabled(NAME) then
      vim.health.warn("the server is not enabled", { 'Put vim.lsp.enable("scholiast") in init.lua' })
    end
  elseif vim.fn.has("nvim-0.10") == 1 then
    vim.health.ok("Neovim 0.10: use require('scholiast').setup(), which asks for UTF-8 positions")
  else
    vim.health.error("Neovim 0.10 or newer is needed; 0.11 is recommended")
  end
end

local function check_server()
  local executable = command()[1]
  if vim.fn.executable(executable) ~= 1 then
    vim.health.error(("`%s` is not executable"):format(executable), {
      "Put scholiast on the PATH",
      'or say where it is: vim.lsp.config("scholiast", { cmd = { "/path/to/scholiast", "lsp" } })',
    })
    return
  end
  local answer = vim.fn.system({ executable, "--version" })
  if vim.v.shell_error == 0 then
    vim.health.ok(("%s (%s)"):format(vim.trim(answer), vim.fn.exepath(executable)))
  else
    vim.health.error(("`%s --version` failed: %s"):format(executable, vim.trim(answer)))
  end
end

local function check_clients()
  local clients = vim.lsp.get_clients({ name = NAME })
  if #clients == 0 then
    vim.health.info("no server is running: open a text or TOML file below a scholiast.toml")
  end
  for _, client in ipairs(clients) do
    vim.health.ok(
      ("running for %s, positions in %s, %d buffers"):format(
        client.config.root_dir or "no folder",
        client.offset_encoding,
        #vim.lsp.get_buffers_by_client_id(client.id)
      )
    )
  end
end

function M.check()
  vim.health.start(NAME)
  check_neovim()
  check_server()
  check_clients()
end

return M

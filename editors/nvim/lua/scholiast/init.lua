-- `require("scholiast").setup()`: one call for every supported Neovim. From 0.11 on it is the same as
-- `vim.lsp.enable("scholiast")`; before that it starts the server by an autocommand.

local M = {}

local NAME = "scholiast"

--- The configuration that lsp/scholiast.lua holds, the one place where it stands.
---@return table
local function defaults()
  local file = vim.api.nvim_get_runtime_file("lsp/scholiast.lua", false)[1]
  assert(file, "scholiast: lsp/scholiast.lua is not on the runtime path")
  return dofile(file)
end

--- The folder of the nearest marker above a buffer's file.
---@param buffer integer
---@param markers string[]
---@return string?
function M.root(buffer, markers)
  local file = vim.api.nvim_buf_get_name(buffer)
  if file == "" then
    return nil
  end
  local marker = vim.fs.find(markers, { path = vim.fs.dirname(file), upward = true })[1]
  return marker and vim.fs.dirname(marker)
end

---@param config table
local function start_by_autocommand(config)
  -- Neovim 0.10 offers UTF-16 alone and then gets columns after Thai letters wrong; it handles UTF-8 well once asked to.
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities.general = capabilities.general or {}
  capabilities.general.positionEncodings = { "utf-8" }
  config.capabilities = vim.tbl_deep_extend("force", capabilities, config.capabilities or {})
  config.name = NAME

  vim.api.nvim_create_autocmd("FileType", {
    group = vim.api.nvim_create_augroup("scholiast", { clear = true }),
    pattern = config.filetypes,
    callback = function(event)
      local root = vim.bo[event.buf].buftype == "" and M.root(event.buf, config.root_markers)
      if root then
        vim.lsp.start(vim.tbl_extend("force", config, { root_dir = root }), { bufnr = event.buf })
      end
    end,
  })
end

--- Starts the server for every text and TOML file in a corpus.
---@param options table? fields of |vim.lsp.ClientConfig| to change, such as `cmd`
function M.setup(options)
  options = options or {}
  if vim.lsp.enable then
    vim.lsp.config(NAME, options)
    vim.lsp.enable(NAME)
  else
    start_by_autocommand(vim.tbl_deep_extend("force", defaults(), options))
  end
end

return M

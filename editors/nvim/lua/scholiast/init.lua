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
      config.root_dir(event.buf, function(root)
        vim.lsp.start(vim.tbl_extend("force", config, { root_dir = root }), { bufnr = event.buf })
      end)
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

--- How many findings the current buffer has, for a status line: "2 errors, 1 warning"; empty outside a corpus.
---@return string
function M.status()
  if #vim.lsp.get_clients({ bufnr = 0, name = NAME }) == 0 then
    return ""
  end
  local names = { "error", "warning", "info", "hint" }
  local counts = { 0, 0, 0, 0 }
  for _, finding in ipairs(vim.diagnostic.get(0)) do
    if finding.source == NAME then
      counts[finding.severity] = counts[finding.severity] + 1
    end
  end
  local parts = {}
  for severity, name in ipairs(names) do
    if counts[severity] > 0 then
      table.insert(parts, ("%d %s%s"):format(counts[severity], name, counts[severity] == 1 and "" or "s"))
    end
  end
  return #parts == 0 and "no findings" or table.concat(parts, ", ")
end

return M

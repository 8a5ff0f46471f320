-- Requests to the server that is attached to the current buffer, the same in every supported Neovim.

local M = {}

M.NAME = "scholiast"

-- A server that is busy for longer than this is not waited for.
local LONGEST_WAIT_MS = 5000

---@return vim.lsp.Client? server of the current buffer
function M.client()
  return vim.lsp.get_clients({ bufnr = 0, name = M.NAME })[1]
end

---@param message string
function M.warn(message)
  vim.notify("scholiast: " .. message, vim.log.levels.WARN)
end

--- Waits for an answer; says why there is none.
---@param server vim.lsp.Client
---@param method string
---@param params table
---@return any answer
function M.ask_at_once(server, method, params)
  local answer
  if vim.fn.has("nvim-0.11") == 1 then
    answer = server:request_sync(method, params, LONGEST_WAIT_MS, 0)
  else
    answer = server.request_sync(method, params, LONGEST_WAIT_MS, 0)
  end
  if not answer then
    return M.warn("the server did not answer")
  elseif answer.err then
    return M.warn(answer.err.message)
  end
  return answer.result
end

return M

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

---@return vim.lsp.Client? server of the current buffer; a message says that there is none
function M.needed()
  return M.client() or M.warn("no server is running for this buffer")
end

---@return vim.lsp.Client? server of the current buffer, else any; a message says that there is none
function M.any()
  return M.client() or vim.lsp.get_clients({ name = M.NAME })[1] or M.warn("no server is running")
end

--- Calls a method of a client, which is a plain function before Neovim 0.11.
---@param server vim.lsp.Client
---@param method string
function M.call(server, method, ...)
  if vim.fn.has("nvim-0.11") == 1 then
    return server[method](server, ...)
  end
  return server[method](...)
end

--- Asks, and hands on what is answered later.
---@param server vim.lsp.Client
---@param method string
---@param params table
---@param on_answer fun(answer: any)
function M.ask(server, method, params, on_answer)
  M.call(server, "request", method, params, function(problem, answer)
    if problem then
      M.warn(problem.message)
    else
      on_answer(answer)
    end
  end, 0)
end

--- Waits for an answer; says why there is none.
---@param server vim.lsp.Client
---@param method string
---@param params table
---@return any answer
function M.ask_at_once(server, method, params)
  local answer = M.call(server, "request_sync", method, params, LONGEST_WAIT_MS, 0)
  if not answer then
    return M.warn("the server did not answer")
  elseif answer.err then
    return M.warn(answer.err.message)
  end
  return answer.result
end

return M

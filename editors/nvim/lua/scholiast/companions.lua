-- A text and its annotation files are saved together: an edit of the text moves the annotations, and half of the pair on
-- disk would be wrong. What the server writes on disk is read again.

local M = {}

local ENDINGS = { "ann", "a1", "a2" }
-- When the server has written annotations after a save, it says nothing: the file is looked at a few times.
local LOOKS_MS = { 50, 150, 400, 1000, 2500, 6000, 15000 }

--- The loaded buffers of the annotation files beside a text.
---@param text integer buffer
---@return integer[]
function M.of(text)
  local stem = vim.api.nvim_buf_get_name(text):gsub("%.txt$", "")
  local found = {}
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    local name = vim.api.nvim_buf_get_name(buffer)
    for _, ending in ipairs(ENDINGS) do
      if vim.api.nvim_buf_is_loaded(buffer) and name == stem .. "." .. ending then
        table.insert(found, buffer)
      end
    end
  end
  return found
end

--- Whether a buffer has the lines of its file.
---@param buffer integer
local function is_as_on_disk(buffer)
  local read, lines = pcall(vim.fn.readfile, vim.api.nvim_buf_get_name(buffer))
  if not read then
    return true
  end
  local ending = vim.bo[buffer].fileformat == "dos" and "\r" or ""
  local shown = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), ending .. "\n") .. ending
  local found = table.concat(lines, "\n"):gsub("^\239\187\191", "")
  return found == shown or found .. ending == shown
end

--- Reads annotation files again that were written by the server. One with changes of its own is left alone.
---@param text integer buffer
function M.look(text)
  if not vim.api.nvim_buf_is_valid(text) then
    return
  end
  for _, buffer in ipairs(M.of(text)) do
    if not vim.bo[buffer].modified then
      vim.bo[buffer].autoread = true
      vim.cmd("silent! checktime " .. buffer)
      -- Neovim notes the time of a file behind its own write: what the server has written by then looks like its own.
      if not vim.bo[buffer].modified and not is_as_on_disk(buffer) then
        vim.api.nvim_buf_call(buffer, function()
          vim.cmd("silent! edit!")
        end)
      end
    end
  end
end

-- Reading a file again ends a selection: it waits until nobody selects.
local WHILE_SELECTING_MS = 250

---@param text integer buffer
---@param pause integer milliseconds
local function look_later(text, pause)
  vim.defer_fn(function()
    if vim.fn.mode():find("^[vVsS\22\19]") then
      look_later(text, WHILE_SELECTING_MS)
    else
      M.look(text)
    end
  end, pause)
end

---@param buffer integer
function M.write(buffer)
  vim.api.nvim_buf_call(buffer, function()
    vim.cmd("silent write")
  end)
end

---@param text integer buffer
local function saved(text)
  for _, buffer in ipairs(M.of(text)) do
    if vim.bo[buffer].modified then
      M.write(buffer)
    end
  end
  for _, pause in ipairs(LOOKS_MS) do
    look_later(text, pause)
  end
end

---@param edit lsp.WorkspaceEdit
---@return string[] uris
local function edited(edit)
  local uris = vim.tbl_keys(edit.changes or {})
  for _, change in ipairs(edit.documentChanges or {}) do
    table.insert(uris, change.uri or (change.textDocument and change.textDocument.uri) or "")
  end
  return uris
end

--- The files that an edit of the workspace makes.
---@param edit lsp.WorkspaceEdit
---@return string[] uris
function M.new_files(edit)
  return vim.tbl_filter(function(uri)
    return uri ~= "" and vim.fn.getfsize(vim.uri_to_fname(uri)) <= 0
  end, edited(edit))
end

--- Takes the empty line off the end of new files: a buffer has one before there is any text.
---@param uris string[]
function M.trim(uris)
  for _, uri in ipairs(uris) do
    local buffer = vim.uri_to_bufnr(uri)
    if vim.api.nvim_buf_line_count(buffer) > 1 and vim.api.nvim_buf_get_lines(buffer, -2, -1, false)[1] == "" then
      vim.api.nvim_buf_set_lines(buffer, -2, -1, false, {})
    end
  end
end

--- The buffers of annotation files that an edit of the workspace touches; nil where it touches anything else.
---@param edit lsp.WorkspaceEdit
---@return integer[]?
local function annotation_buffers(edit)
  local buffers = {}
  for _, uri in ipairs(edited(edit)) do
    if not vim.tbl_contains(ENDINGS, uri:match("%.(%w+)$")) then
      return nil
    end
    table.insert(buffers, vim.uri_to_bufnr(uri))
  end
  return buffers
end

--- Whether the text of an annotation file has unsaved changes: the file is saved with it then.
---@param buffer integer
local function has_unsaved_text(buffer)
  local name = vim.api.nvim_buf_get_name(buffer):gsub("%.%w+$", ".txt")
  local text = vim.fn.bufnr("^" .. vim.fn.escape(name, "[]*?\\") .. "$")
  return text ~= -1 and vim.api.nvim_buf_is_loaded(text) and vim.bo[text].modified
end

--- Annotation files with unsaved changes are moved in the editor, behind the save of their text: they are saved too.
---@param client vim.lsp.Client
local function save_what_is_moved(client)
  local apply = client.handlers["workspace/applyEdit"] or vim.lsp.handlers["workspace/applyEdit"]
  client.handlers["workspace/applyEdit"] = function(problem, params, context)
    local answer = apply(problem, params, context)
    for _, buffer in ipairs(params and annotation_buffers(params.edit) or {}) do
      if vim.bo[buffer].modified and not has_unsaved_text(buffer) then
        M.write(buffer)
      end
    end
    return answer
  end
end

local prepared = {} ---@type table<integer, true> by client

--- Saves the annotation files of a text with it.
---@param client vim.lsp.Client
---@param buffer integer
function M.attach(client, buffer)
  if not prepared[client.id] then
    prepared[client.id] = true
    save_what_is_moved(client)
  end
  if not vim.api.nvim_buf_get_name(buffer):find("%.txt$") then
    return
  end
  vim.api.nvim_create_autocmd("BufWritePost", {
    group = vim.api.nvim_create_augroup("scholiast.companions." .. buffer, { clear = true }),
    buffer = buffer,
    desc = "scholiast: save annotations with their text",
    callback = function()
      saved(buffer)
    end,
  })
end

return M

-- Links from annotations to entries of the registry: who may be meant is chosen from a list that the server ranks, and the
-- edit is the server's. Steps to annotations that are linked to nobody yet.

local M = {}

local annotate = require("scholiast.annotate")
local companions = require("scholiast.companions")
local request = require("scholiast.request")
local steps = require("scholiast.steps")
local ask, needed = request.ask_at_once, request.needed

---@param server vim.lsp.Client
---@param command string
---@param arguments any[]
local function execute(server, command, arguments)
  return ask(server, "workspace/executeCommand", { command = command, arguments = arguments })
end

--- Has a person choose an entry of the registry; whoever may be meant at a place comes first.
---@param server vim.lsp.Client
---@param place { uri: string, range: table }
---@param prompt string
---@param query string? part of a name in any script, or of an id
---@param on_entry fun(entry: string)
function M.choose(server, place, prompt, query, on_entry)
  local entries = execute(server, "scholiast.entries", { place.uri, place.range, query or "" }) or {}
  table.insert(entries, { search = true })
  vim.ui.select(entries, {
    prompt = prompt,
    kind = "scholiast.entry",
    format_item = function(entry)
      if entry.search then
        return "search for another entry…"
      end
      return ("%s  %s  (%d texts)"):format(entry.name, entry.detail, entry.texts)
    end,
  }, function(entry)
    if entry and entry.search then
      vim.ui.input({ prompt = "Part of a name or id: " }, function(words)
        if words and words ~= "" then
          M.choose(server, place, prompt, words, on_entry)
        end
      end)
    elseif entry then
      on_entry(entry.entry)
    end
  end)
end

--- Links what is selected, annotated or mentioned under the cursor to an entry.
---@param query string? part of a name in any script, or of an id; without it whoever is likely comes first
function M.link(query)
  local server = needed()
  if not server then
    return
  end
  companions.look(vim.api.nvim_get_current_buf())
  local here = annotate.range_here(server)
  annotate.end_selection()
  local place = { uri = here.textDocument.uri, range = here.range }
  M.choose(server, place, "Link to", query, function(entry)
    local action = execute(server, "scholiast.link", { place.uri, place.range, entry })
    if action then
      annotate.perform(server, action)
    end
  end)
end

--- The annotations of the current text, with their places as a quickfix list has them.
---@param server vim.lsp.Client
---@return { annotations: table[], linkable: table<string, boolean> }
local function list(server)
  local uri = vim.uri_from_bufnr(0)
  local answer = execute(server, "scholiast.annotations", { uri }) or { types = {}, annotations = {} }
  local linkable = {}
  for _, kind in ipairs(answer.types) do
    linkable[kind.type] = kind.linkable
  end
  return { annotations = answer.annotations, linkable = linkable }
end

--- Goes to the annotation without a link after or before the cursor, round the end of the text.
---@param by 1|-1
function M.step(by)
  local server = needed()
  if not server then
    return
  end
  local known = list(server)
  local places = {}
  for _, annotation in ipairs(known.annotations) do
    if #annotation.links == 0 and known.linkable[annotation.type] then
      table.insert(places, { uri = vim.uri_from_bufnr(0), range = annotation.ranges[1] })
    end
  end
  local items = vim.lsp.util.locations_to_items(places, server.offset_encoding)
  if #items == 0 then
    return vim.notify("scholiast: everything that can be linked in this text is linked")
  end
  local starts = vim.tbl_map(function(item)
    return { item.lnum, item.col - 1 }
  end, items)
  steps.go(steps.next(starts, by) or starts[by == 1 and 1 or #starts])
end

return M

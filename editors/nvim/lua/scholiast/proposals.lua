-- What the registry lacks, as the server proposes it, and a person's answers: a new entry, a spelling of somebody who has
-- one, or never again. The edits are the server's.

local M = {}

local annotate = require("scholiast.annotate")
local linking = require("scholiast.linking")
local request = require("scholiast.request")
local ask = request.ask_at_once

---@param server vim.lsp.Client
---@param proposal table as the server listed it
---@param answer string[]
---@return boolean
local function answer_with(server, proposal, answer)
  local arguments = vim.list_extend({ proposal }, answer)
  local action =
    ask(server, "workspace/executeCommand", { command = "scholiast.answerProposal", arguments = arguments })
  return action ~= nil and annotate.perform(server, action)
end

--- The line of a proposal in a list.
---@param proposal table
---@return string
local function described(proposal)
  local what = proposal.entry and ("a spelling of %s"):format(proposal.entry) or proposal.kind
  return ("%s  %s  (%d mentions)"):format(proposal.name, what, proposal.count)
end

--- Goes through proposals until a person stops.
---@param server vim.lsp.Client
---@param proposals table[]
local function go_through(server, proposals)
  if #proposals == 0 then
    return vim.notify("scholiast: nobody is missing from the registry")
  end
  vim.ui.select(proposals, { prompt = "Not in the registry", format_item = described }, function(proposal)
    if not proposal then
      return
    end
    local function done(is_done)
      if is_done then
        go_through(
          server,
          vim.tbl_filter(function(other)
            return other ~= proposal
          end, proposals)
        )
      end
    end
    local answers = {
      { "add it to the registry", function() done(answer_with(server, proposal, { "add" })) end },
      {
        "it is somebody who has an entry…",
        function()
          local place = proposal.spellings[1].places[1]
          linking.choose(server, place, ("%s is"):format(proposal.name), nil, function(entry)
            done(answer_with(server, proposal, { "spellings", entry }))
          end)
        end,
      },
      { "never propose it again", function() done(answer_with(server, proposal, { "refuse" })) end },
      {
        "go to where it stands",
        function()
          local places = {}
          for _, spelling in ipairs(proposal.spellings) do
            vim.list_extend(places, spelling.places)
          end
          local items = vim.lsp.util.locations_to_items(places, server.offset_encoding)
          vim.fn.setqflist({}, " ", { title = proposal.name, items = items })
          vim.cmd.cfirst()
        end,
      },
    }
    vim.ui.select(answers, {
      prompt = proposal.name,
      format_item = function(answer)
        return answer[1]
      end,
    }, function(answer)
      if answer then
        answer[2]()
      end
    end)
  end)
end

--- Lists what the registry lacks, and carries out what a person answers.
function M.propose()
  local server = request.any()
  if not server then
    return
  end
  -- All texts are read for it: it may take a while.
  request.ask(server, "workspace/executeCommand", { command = "scholiast.proposals", arguments = {} }, function(proposals)
    go_through(server, proposals)
  end)
end

return M

-- Colours of mentions. Neovim links no group to the token types of this server, so without these nothing would be seen.
-- All are defaults: what a colour scheme or a user says of the groups holds.

local M = {}

-- Told apart by people who see red and green alike; at least 4.5 : 1 on the background.
local COLORS = {
  person = { dark = "#6cb6ff", light = "#0b5cad", cterm_dark = 75, cterm_light = 25 },
  organization = { dark = "#f0a95b", light = "#8a4600", cterm_dark = 215, cterm_light = 94 },
  office = { dark = "#cba6f7", light = "#7a3e9d", cterm_dark = 183, cterm_light = 91 },
  place = { dark = "#5ccfa0", light = "#00684a", cterm_dark = 79, cterm_light = 23 },
  date = { dark = "#e2d36b", light = "#665500", cterm_dark = 185, cterm_light = 58 },
  decree = { dark = "#ff9b9b", light = "#ad1f37", cterm_dark = 210, cterm_light = 125 },
  pattern = { dark = "#9ccbcb", light = "#3a6262", cterm_dark = 152, cterm_light = 66 },
}

local function define()
  local background = vim.o.background
  for kind, color in pairs(COLORS) do
    local group = "Scholiast" .. kind:sub(1, 1):upper() .. kind:sub(2)
    vim.api.nvim_set_hl(0, group, { fg = color[background], ctermfg = color["cterm_" .. background], default = true })
    vim.api.nvim_set_hl(0, "@lsp.type." .. kind, { link = group, default = true })
  end
  vim.api.nvim_set_hl(0, "@lsp.mod.ambiguous", { italic = true, default = true })
  vim.api.nvim_set_hl(0, "@lsp.mod.soundsLike", { italic = true, default = true })
end

--- Defines the groups, now and whenever a colour scheme has cleared them.
function M.setup()
  define()
  vim.api.nvim_create_autocmd("ColorScheme", {
    group = vim.api.nvim_create_augroup("scholiast.colors", { clear = true }),
    callback = define,
  })
end

return M

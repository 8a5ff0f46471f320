-- Commands of the plug-in; what they do is loaded when one is used.

if vim.g.loaded_scholiast then
  return
end
vim.g.loaded_scholiast = true

vim.api.nvim_create_user_command("Scholiast", function(call)
  require("scholiast.commands").run(call)
end, {
  nargs = "+",
  -- A selection is what is annotated; the mode that has it is left before a command runs.
  range = true,
  desc = "Ask the scholiast server",
  complete = function(_, line)
    return require("scholiast.commands").complete(line)
  end,
})

require("scholiast.colors").setup()

vim.api.nvim_create_autocmd("LspAttach", {
  group = vim.api.nvim_create_augroup("scholiast.attach", { clear = true }),
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == "scholiast" then
      require("scholiast.completion").attach(client.id, event.buf)
      require("scholiast.companions").attach(client, event.buf)
    end
  end,
})

for keys, by in pairs({ ["<Plug>(scholiast-next-mention)"] = 1, ["<Plug>(scholiast-previous-mention)"] = -1 }) do
  vim.keymap.set("n", keys, function()
    require("scholiast.places").step(by)
  end)
end
vim.keymap.set({ "o", "x" }, "<Plug>(scholiast-mention)", function()
  require("scholiast.places").select_mention()
end)

for keys, by in pairs({ ["<Plug>(scholiast-next-unlinked)"] = 1, ["<Plug>(scholiast-previous-unlinked)"] = -1 }) do
  vim.keymap.set("n", keys, function()
    require("scholiast.linking").step(by)
  end)
end
vim.keymap.set({ "n", "x" }, "<Plug>(scholiast-link)", function()
  require("scholiast.linking").link()
end)

vim.keymap.set("n", "<Plug>(scholiast-annotate)", function()
  return require("scholiast.annotate").operator()
end, { expr = true })
vim.keymap.set("x", "<Plug>(scholiast-annotate)", function()
  require("scholiast.annotate").annotate()
end)
vim.keymap.set("n", "<Plug>(scholiast-annotate-mode)", function()
  require("scholiast.annotate").toggle()
end)
vim.keymap.set({ "o", "x" }, "<Plug>(scholiast-annotation)", function()
  require("scholiast.places").select_annotation()
end)

-- The counts above the entries of a registry: `vim.lsp.codelens.run()` shows the mentions.
vim.lsp.commands["scholiast.showReferences"] = function(command, context)
  require("scholiast.commands").show_references(command, context)
end

-- Commands of the plug-in; what they do is loaded when one is used.

if vim.g.loaded_scholiast then
  return
end
vim.g.loaded_scholiast = true

vim.api.nvim_create_user_command("Scholiast", function(call)
  require("scholiast.commands").run(call)
end, {
  nargs = "+",
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

-- The counts above the entries of a registry: `vim.lsp.codelens.run()` shows the mentions.
vim.lsp.commands["scholiast.showReferences"] = function(command, context)
  require("scholiast.commands").show_references(command, context)
end

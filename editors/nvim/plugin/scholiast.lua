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

-- The counts above the entries of a registry: `vim.lsp.codelens.run()` shows the mentions.
vim.lsp.commands["scholiast.showReferences"] = function(command, context)
  require("scholiast.commands").show_references(command, context)
end

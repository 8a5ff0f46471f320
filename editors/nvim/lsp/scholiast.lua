-- The language server of corpora with a `scholiast.toml`, for `vim.lsp.enable("scholiast")` (Neovim 0.11 and newer).
-- Complete in itself: copied to ~/.config/nvim/lsp/ it works without the rest of the plug-in.

---@type vim.lsp.Config
return {
  cmd = { "scholiast", "lsp" },
  -- Corpus texts, registry files and annotations, which the plug-in calls `brat`. The server itself tells corpus files from
  -- other text.
  filetypes = { "text", "toml", "brat" },
  root_markers = { "scholiast.toml" },
  -- Text and TOML are everywhere: outside a corpus no server is started.
  workspace_required = true,
}

-- Annotation files beside texts have a file type of their own, so that nothing happens to them that is for texts.
-- Lowest priority: whatever a user has said of these endings holds.
local brat = { "brat", { priority = -math.huge } }
vim.filetype.add({ pattern = { [".*%.ann"] = brat, [".*%.a1"] = brat, [".*%.a2"] = brat } })

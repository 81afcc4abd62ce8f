-- Any part of a name or e-mail, three letters or more. Holds no text of its own (content=name_key) and
-- no positions (detail=none): a quarter of the size; a hit is checked against the row itself.
CREATE VIRTUAL TABLE `name_index` USING fts5(
  `folded`, content='name_key', content_rowid='row', detail=none, tokenize='trigram case_sensitive 1'
);
--> statement-breakpoint
CREATE TRIGGER `name_key_inserted` AFTER INSERT ON `name_key` BEGIN
  INSERT INTO `name_index` (rowid, `folded`) VALUES (new.`row`, new.`folded`);
END;
--> statement-breakpoint
CREATE TRIGGER `name_key_deleted` AFTER DELETE ON `name_key` BEGIN
  INSERT INTO `name_index` (`name_index`, rowid, `folded`) VALUES ('delete', old.`row`, old.`folded`);
END;
--> statement-breakpoint
CREATE TRIGGER `name_key_updated` AFTER UPDATE OF `folded` ON `name_key` BEGIN
  INSERT INTO `name_index` (`name_index`, rowid, `folded`) VALUES ('delete', old.`row`, old.`folded`);
  INSERT INTO `name_index` (rowid, `folded`) VALUES (new.`row`, new.`folded`);
END;

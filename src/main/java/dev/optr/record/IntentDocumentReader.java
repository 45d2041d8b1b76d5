package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.intent.Frozen;
import dev.optr.intent.Intent;
import dev.optr.intent.IntentDocument;
import dev.optr.intent.IntentSource;
import dev.optr.workflow.Workflow;
import java.util.regex.Pattern;

/** The frozen input from {@code intent.json}, of a workflow that is at hand. */
final class IntentDocumentReader {
  private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  private IntentDocumentReader() {}

  /**
   * @param frozenTree id of the tree that the run must be about
   */
  static Intent read(Bytes bytes, Workflow workflow, String frozenTree) throws JsonException {
    JsonObject document = StoredDocuments.object(bytes.toArray());
    Fields fields = Fields.of(document);
    String text = fields.text("intent");
    IntentSource source = source(fields.object("source"));
    Intent.Stripped stripped = stripped(fields.object("stripped"));
    Frozen frozen =
        new Frozen(
            objectId(fields, "commit"),
            objectId(fields, "tree"),
            fields.isNull("baseCommit") ? null : objectId(fields, "baseCommit"),
            stripped.excludedFiles());
    Intent intent = IntentDocument.freeze(text, source, stripped, workflow, frozen);
    Written.check(intent.document(), document, bytes);
    if (!frozen.tree().equals(frozenTree)) {
      throw fields.unexpected("tree", "the frozen tree " + frozenTree);
    }
    return intent;
  }

  private static Intent.Stripped stripped(Fields stripped) throws JsonException {
    return new Intent.Stripped(
        stripped.count("htmlComments"),
        stripped.count("invisible"),
        stripped.count("bidi"),
        stripped.count("excludedFiles"));
  }

  private static IntentSource source(Fields source) throws JsonException {
    return switch (source.text("kind")) {
      case "pull_request" -> new IntentSource.PullRequest(number(source), source.text("author"));
      case "comment" -> new IntentSource.Comment(number(source), source.text("author"));
      case "argument" -> new IntentSource.Argument();
      case "workflow-file" -> new IntentSource.WorkflowFile();
      default ->
          throw source.unexpected("kind", "pull_request, comment, argument or workflow-file");
    };
  }

  private static long number(Fields source) throws JsonException {
    return source.whole("number", 0, Long.MAX_VALUE);
  }

  private static String objectId(Fields fields, String name) throws JsonException {
    String id = fields.text(name);
    if (!OBJECT_ID.matcher(id).matches()) {
      throw fields.unexpected(name, "a git object id");
    }
    return id;
  }
}

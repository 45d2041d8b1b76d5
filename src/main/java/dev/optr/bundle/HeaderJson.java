package dev.optr.bundle;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.evidence.Row;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.Tool;
import dev.optr.record.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code bundle.json}.
 *
 * @param commits of rows, by the row's name
 */
record HeaderJson(BundleHeader header, Map<String, String> commits) {
  private static final String FORMAT = "optr-bundle@v1";
  private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final long LARGEST_ID = (1L << 53) - 1;

  HeaderJson {
    commits = Map.copyOf(commits);
  }

  JsonObject document() {
    return Json.object()
        .put("v", 1)
        .put("format", FORMAT)
        .put("tool", tool(header.tool()))
        .put("repository", repository(header.repository()))
        .put("pullRequest", number(header.pullRequest()))
        .put(
            "run", Json.object().put("id", header.runId()).put("attempt", header.attempt()).build())
        .put("frozen", frozen(header.frozen()))
        .put("policy", header.policy())
        .put("input", header.input())
        .put("workflow", header.workflow())
        .put("lanes", Json.texts(header.lanes()))
        .put("asked", header.asked())
        .put("images", Json.texts(header.images()))
        .put("rows", Json.array(header.rows().stream().map(this::row).toList()))
        .build();
  }

  private static Json number(@Nullable Long number) {
    return number == null ? Json.NULL : Json.number(number.longValue());
  }

  private static JsonObject tool(Tool tool) {
    return Json.object().put("name", tool.name()).put("version", tool.version()).build();
  }

  private static JsonObject repository(RepositoryId repository) {
    return Json.object()
        .put("host", repository.host())
        .put("id", repository.id())
        .put("name", repository.name())
        .build();
  }

  private static JsonObject frozen(BundleHeader.FrozenCommit frozen) {
    return Json.object()
        .put("commit", frozen.commit())
        .put("tree", frozen.tree())
        .put("base", frozen.base())
        .build();
  }

  private JsonObject row(Row row) {
    return Json.object()
        .put("row", row.name())
        .put("tree", row.tree())
        .put("commit", commits.get(row.name()))
        .put("agents", Json.texts(row.agents()))
        .build();
  }

  /** Reads the members; whether there are others is for the caller, who writes it again. */
  static HeaderJson read(Fields document) throws JsonException {
    if (document.whole("v", 0, LARGEST_ID) != 1) {
      throw document.unexpected("v", "1, the version that this program reads");
    }
    if (!document.text("format").equals(FORMAT)) {
      throw document.unexpected("format", "'" + FORMAT + "'");
    }
    List<Row> rows = new ArrayList<>();
    Map<String, String> commits = new HashMap<>();
    for (Fields row : document.objects("rows")) {
      rows.add(new Row(row.text("row"), objectId(row, "tree"), row.texts("agents")));
      commits.put(row.text("row"), objectId(row, "commit"));
    }
    Fields run = document.object("run");
    BundleHeader header =
        new BundleHeader(
            readTool(document.object("tool")),
            readRepository(document.object("repository")),
            document.wholeOrNull("pullRequest", 1),
            run.whole("id", 1, LARGEST_ID),
            (int) run.whole("attempt", 1, Integer.MAX_VALUE),
            readFrozen(document.object("frozen")),
            matching(document, "policy", DIGEST, "64 hex digits"),
            matching(document, "input", DIGEST, "64 hex digits"),
            document.text("workflow"),
            document.texts("lanes"),
            document.flag("asked"),
            document.texts("images"),
            rows);
    return new HeaderJson(header, commits);
  }

  private static Tool readTool(Fields tool) throws JsonException {
    return new Tool(tool.text("name"), tool.text("version"));
  }

  private static RepositoryId readRepository(Fields repository) throws JsonException {
    return new RepositoryId(
        repository.text("host"), repository.whole("id", 0, LARGEST_ID), repository.text("name"));
  }

  private static BundleHeader.FrozenCommit readFrozen(Fields frozen) throws JsonException {
    return new BundleHeader.FrozenCommit(
        objectId(frozen, "commit"), objectId(frozen, "tree"), frozen.textOrNull("base"));
  }

  private static String objectId(Fields fields, String name) throws JsonException {
    return matching(fields, name, OBJECT_ID, "40 hex digits");
  }

  private static String matching(Fields fields, String name, Pattern pattern, String expected)
      throws JsonException {
    String text = fields.text(name);
    if (!pattern.matcher(text).matches()) {
      throw fields.unexpected(name, expected);
    }
    return text;
  }
}

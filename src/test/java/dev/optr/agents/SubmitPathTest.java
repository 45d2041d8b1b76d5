package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.git.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SubmitPathTest {
  private static final String WHOLE =
      """
      {"summary": "...", "rationale": "...", "ttvEstimateSeconds": 900, "invariants": ["..."],
       "risks": ["..."],
       "constraints": [{"id": "c1", "held": true, "note": "..."}],
       "edits": [
        {"op": "create",  "path": "a.txt", "to": null, "search": null, "replace": null,
         "content": "...", "executable": false},
        {"op": "replace", "path": "b.txt", "to": null, "search": "once", "replace": "...",
         "content": null, "executable": null},
        {"op": "rewrite", "path": "c.txt", "to": null, "search": null, "replace": null,
         "content": "...", "executable": null},
        {"op": "delete",  "path": "d.txt", "to": null, "search": null, "replace": null,
         "content": null, "executable": null},
        {"op": "rename",  "path": "e.txt", "to": "f.txt", "search": null, "replace": null,
         "content": null, "executable": null}]}
      """;

  @Test
  void readsEveryKindOfEdit() {
    Proposal proposal = parsed(WHOLE);

    assertThat(LaneSamples.edits(proposal))
        .containsExactly(
            new Edit.Create("a.txt", "...", false),
            new Edit.Replace("b.txt", "once", "..."),
            new Edit.Rewrite("c.txt", "...", null),
            new Edit.Delete("d.txt"),
            new Edit.Rename("e.txt", "f.txt"));
    assertThat(proposal.constraints())
        .containsExactly(new Proposal.ConstraintClaim("c1", true, "..."));
  }

  @Test
  void countsMissingKeysAsNull() {
    assertThat(parsed("{\"edits\": [{\"op\": \"delete\", \"path\": \"d.txt\"}]}"))
        .isEqualTo(
            new Proposal(
                "", "", null, List.of(), List.of(), List.of(), List.of(new Edit.Delete("d.txt"))));
  }

  @Test
  void allowsTheEmptyTextsThatModelsWriteInsteadOfNull() {
    assertThat(
            LaneSamples.edits(
                parsed(
                    """
                    {"edits": [{"op": "delete", "path": "d.txt", "to": "", "content": "",
                      "executable": false}]}
                    """)))
        .containsExactly(new Edit.Delete("d.txt"));
  }

  @Test
  void namesEverythingThatIsWrongWithItsPlace() {
    assertThat(
            errors(
                """
                {"summary": 7, "ttvEstimateSeconds": -1, "invariants": "tests", "risks": [1],
                 "constraints": [{"held": "yes", "note": null}, 7], "color": "red",
                 "edits": [
                  {"op": "create", "path": "a"},
                  {"op": "replace", "path": "", "search": "", "replace": null, "mode": 7},
                  {"op": "rewrite", "path": 7, "content": {}},
                  {"op": "delete", "path": "d", "content": "kept", "executable": true},
                  {"op": "rename", "path": "e"},
                  {"op": "chmod", "path": "f"},
                  {"path": "g"},
                  "h"]}
                """))
        .containsExactly(
            "'color' is unknown; known are summary, rationale, ttvEstimateSeconds, invariants,"
                + " risks, constraints, edits",
            "summary: expected a text, found a number",
            "ttvEstimateSeconds: expected a whole number of at least 0, found a number",
            "invariants: expected a list, found a text",
            "risks[0]: expected a text, found a number",
            "constraints[0].id: expected the id of a constraint, found nothing usable",
            "constraints[0].held: expected true, false or null, found a text",
            "constraints[1]: expected an object, found a number",
            "edits[0].content: expected a text, found nothing",
            "edits[1].'mode' is unknown; known are op, path, to, search, replace, content,"
                + " executable",
            "edits[1].path: expected a text, found an empty one",
            "edits[1].search: expected a text, found an empty one",
            "edits[1].replace: expected a text, found nothing",
            "edits[2].path: expected a text, found a number",
            "edits[2].content: expected a text, found an object",
            "edits[3].content: has no meaning for op delete; write null",
            "edits[3].executable: has no meaning for op delete; write null",
            "edits[4].to: expected a text, found nothing",
            "edits[5].op: expected create, replace, rewrite, delete or rename, found 'chmod'",
            "edits[6].op: expected create, replace, rewrite, delete or rename, found nothing usable",
            "edits[7]: expected an object, found a text");
  }

  @Test
  void wantsEdits() {
    assertThat(errors("{}")).containsExactly("edits: expected a list, found nothing");
  }

  @Test
  void refusesTextThatIsNoUnicode() {
    assertThat(
            errors(
                "{\"edits\": [{\"op\": \"create\", \"path\": \"a\", \"content\": \"\\ud800\"}]}"))
        .containsExactly("edits[0].content: expected Unicode text, found half a surrogate pair");
  }

  @Test
  void survivesMonstrousNumbers() {
    assertThat(errors("{\"ttvEstimateSeconds\": 1e1000, \"edits\": []}")).hasSize(1);
    assertThat(errors("{\"ttvEstimateSeconds\": 1e-1000, \"edits\": []}")).hasSize(1);
  }

  @Test
  void takesExactlyItsExampleInItsOwnSchema() {
    assertThat(violations(SubmitPath.schema(), WHOLE)).isEmpty();
    assertThat(violations(SubmitPath.schema(), WHOLE.replace("\"risks\": [\"...\"],", "")))
        .isNotEmpty();
    assertThat(violations(SubmitPath.schema(), WHOLE.replace("\"create\"", "\"chmod\"")))
        .isNotEmpty();
    assertThat(violations(Decline.schema(), "{\"reason\": \"no\"}")).isEmpty();
    assertThat(violations(Decline.schema(), "{\"reason\": \"no\", \"x\": 1}")).isNotEmpty();
  }

  @Test
  void keepsToTheSubsetThatStrictToolsTake() {
    List<JsonObject> objects = new ArrayList<>();
    collect(SubmitPath.schema(), objects);
    collect(Decline.schema(), objects);

    assertThat(objects)
        .hasSize(4)
        .allSatisfy(
            object -> {
              assertThat(object.get("additionalProperties")).isEqualTo(Json.bool(false));
              assertThat(object.array("required"))
                  .isEqualTo(
                      Json.texts(List.copyOf(object.object("properties").members().keySet()))
                          .elements());
            });
  }

  @Test
  void readsWhyNothingShouldBeDone() throws JsonException {
    assertThat(Decline.parse(object("{\"reason\": \"done\"}")))
        .isEqualTo(new Decline.Parsed("done"));
    assertThat(Decline.parse(object("{\"reason\": \" \", \"why\": 1}")))
        .isEqualTo(
            new Decline.Invalid(
                List.of(
                    "'why' is unknown; known are reason",
                    "reason: expected the reason, found nothing")));
  }

  private static void collect(Json schema, List<JsonObject> found) {
    if (schema instanceof JsonObject object) {
      if ("object".equals(object.text("type"))) {
        found.add(object);
      }
      for (Map.Entry<String, Json> member : object.members().entrySet()) {
        collect(member.getValue(), found);
      }
    }
  }

  private static List<?> violations(JsonObject schema, String document) {
    Schema compiled =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(CanonicalJson.text(schema), InputFormat.JSON);
    return compiled.validate(document, InputFormat.JSON);
  }

  private static Proposal parsed(String json) {
    try {
      return ((SubmitPath.Parsed) SubmitPath.parse(object(json))).proposal();
    } catch (JsonException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<String> errors(String json) {
    try {
      return ((SubmitPath.Invalid) SubmitPath.parse(object(json))).errors();
    } catch (JsonException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static JsonObject object(String json) throws JsonException {
    return (JsonObject) JsonReader.read(json);
  }
}

package dev.optr.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.Redactor;
import dev.optr.evidence.Check;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MergesRecordTest {
  private static final String COMMIT = "0123456789012345678901234567890123456789";

  private static Check check(Check.Merge... merges) {
    return new Check(
        "non-interference",
        Check.Result.BROKEN,
        List.of("it conflicts"),
        12,
        new Check.Merges(List.of(merges)),
        null,
        false);
  }

  private static JsonObject written(Check check) {
    return Json.object()
        .put("checks", new EvidenceJson(new Prose(new Redactor(List.of()))).checks(List.of(check)))
        .build();
  }

  @Test
  void readsWhatItWrote() throws JsonException {
    Check full =
        check(
            new Check.Merge(4L, "a", COMMIT, false, true, false, List.of("a.txt"), null),
            new Check.Merge(null, "b/c", COMMIT, true, null, null, List.of(), "a fork"));
    Check empty = check();

    assertThat(EvidenceReader.checks(Fields.of(written(full)))).containsExactly(full);
    assertThat(EvidenceReader.checks(Fields.of(written(empty)))).containsExactly(empty);
  }

  @Test
  void namesWhereARecordIsMalformed() {
    JsonObject broken =
        Json.object()
            .put(
                "checks",
                Json.array(
                    List.of(
                        Json.object()
                            .put("id", "x")
                            .put("result", "held")
                            .put("because", Json.array(List.of()))
                            .put("durationMs", 1)
                            .put("command", Json.NULL)
                            .put("jobs", Json.NULL)
                            .put("merges", Json.array(List.of(Json.text("one"))))
                            .put("review", Json.NULL)
                            .put("rule", Json.NULL)
                            .build())))
            .build();

    assertThatThrownBy(() -> EvidenceReader.checks(Fields.of(broken)))
        .isInstanceOf(JsonException.class)
        .hasMessage("checks[0].merges[0]: expected an object, found 'one'");
  }
}

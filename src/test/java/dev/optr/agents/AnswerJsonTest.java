package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.git.Edit;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

final class AnswerJsonTest {
  @Property(tries = 300)
  void readsBackEveryAnswerExactly(@ForAll("answers") Answer answer) throws JsonException {
    String text = CompactJson.exact(AnswerJson.write(answer));

    assertThat(AnswerJson.read((JsonObject) JsonReader.read(text))).isEqualTo(answer);
  }

  @Provide
  Arbitrary<Answer> answers() {
    return Combinators.combine(
            proposals(),
            exchanges(),
            texts(),
            Arbitraries.of(FailureCode.values()),
            Arbitraries.integers().between(0, 3))
        .as(
            (proposal, exchange, text, code, kind) ->
                switch (kind) {
                  case 0 -> new Answer.Proposed(proposal, exchange);
                  case 1 -> new Answer.Declined(text, exchange);
                  case 2 -> new Answer.Failed(code, text, exchange);
                  default -> new Answer.NotAsked(text, exchange);
                });
  }

  private static Arbitrary<Proposal> proposals() {
    Arbitrary<Proposal.ConstraintClaim> claims =
        Combinators.combine(texts(), Arbitraries.of(true, false).injectNull(0.3), texts())
            .as(Proposal.ConstraintClaim::new);
    return Combinators.combine(
            texts(),
            texts(),
            Arbitraries.longs().greaterOrEqual(0).injectNull(0.3),
            texts().list().ofMaxSize(3),
            texts().list().ofMaxSize(3),
            claims.list().ofMaxSize(3),
            edits().list().ofMaxSize(5))
        .as(Proposal::new);
  }

  private static Arbitrary<Edit> edits() {
    Arbitrary<String> filled = texts().filter(text -> !text.isEmpty());
    Arbitrary<Boolean> bools = Arbitraries.of(true, false);
    return Arbitraries.oneOf(
        Combinators.combine(filled, texts(), bools).as(Edit.Create::new),
        Combinators.combine(filled, filled, texts()).as(Edit.Replace::new),
        Combinators.combine(filled, texts(), bools.injectNull(0.5)).as(Edit.Rewrite::new),
        filled.map(Edit.Delete::new),
        Combinators.combine(filled, filled).as(Edit.Rename::new));
  }

  private static Arbitrary<Exchange> exchanges() {
    Arbitrary<@Nullable Long> tokens = Arbitraries.longs().injectNull(0.3);
    Arbitrary<Usage> usages =
        Combinators.combine(
                tokens,
                tokens,
                tokens,
                tokens,
                tokens,
                Arbitraries.bigDecimals().ofScale(7).injectNull(0.3),
                Arbitraries.integers().greaterOrEqual(0),
                Arbitraries.integers().greaterOrEqual(0))
            .as(Usage::new);
    Arbitrary<Instant> times =
        Combinators.combine(
                Arbitraries.longs().between(-9_999_999_999L, 9_999_999_999L),
                Arbitraries.longs().between(0, 999_999_999))
            .as(Instant::ofEpochSecond);
    return Combinators.combine(
            texts().injectNull(0.3),
            usages,
            texts().list().ofMaxSize(3),
            times,
            Arbitraries.longs().greaterOrEqual(0),
            Arbitraries.of(true, false),
            messages().list().ofMaxSize(3))
        .as(Exchange::new);
  }

  private static Arbitrary<JsonObject> messages() {
    return Combinators.combine(texts(), Arbitraries.bigDecimals(), Arbitraries.of(true, false))
        .as(
            (text, number, bool) ->
                Json.object()
                    .put("role", text)
                    .put("number", number)
                    .put("none", Json.NULL)
                    .put(
                        "list",
                        Json.array(
                            List.of(Json.bool(bool), Json.object().put(text + "!", text).build())))
                    .build());
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().all().ofMaxLength(20).filter(WellFormed::isText);
  }
}

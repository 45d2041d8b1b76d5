package dev.optr.agents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Checkpoint;
import dev.optr.base.Disk;
import dev.optr.base.Json;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.git.Edit;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerStoreTest {
  private static final String INPUT = LaneSamples.INPUT_DIGEST;
  private static final String KEY = "sk-test-secret-0123456789";
  private static final AgentSpec LANE =
      LaneSamples.spec("codex", AgentType.OPENAI_CODEX, Duration.ofSeconds(1));
  private static final Answer PROPOSED = proposed("fine", "content");

  @TempDir Path root;

  @Test
  void givesBackWhatWasKeptAndForgetsItOnRequest() {
    store().keep(INPUT, LANE, PROPOSED);
    assertThat(store().find(INPUT, LANE)).contains(PROPOSED);

    store().remove(INPUT);
    assertThat(store().find(INPUT, LANE)).isEmpty();
    assertThat(root.resolve("runs")).isEmptyDirectory();
    store().remove(INPUT);
  }

  @Test
  void writesForItsOwnerAlone() throws IOException {
    store().keep(INPUT, LANE, PROPOSED);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
        .isEqualTo("rwx------");
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void keepsFailuresThatWerePaidForAndNoOutages(FailureCode code) {
    store().keep(INPUT, LANE, new Answer.Failed(code, "why", Exchange.none(Instant.EPOCH)));

    assertThat(store().find(INPUT, LANE).isPresent())
        .isEqualTo(
            switch (code) {
              case REFUSED, TRUNCATED, EMPTY, SCHEMA, BUDGET -> true;
              case AUTH, QUOTA, RATE_LIMIT, TIMEOUT, UNAVAILABLE, SERVICE, CANCELLED -> false;
            });
  }

  @Test
  void neverKeepsThatALaneWasNotAsked() {
    store().keep(INPUT, LANE, new Answer.NotAsked("stopped", Exchange.none(Instant.EPOCH)));

    assertThat(store().find(INPUT, LANE)).isEmpty();
  }

  @Test
  void asksAgainForAnotherInputOrAnotherConfiguration() {
    store().keep(INPUT, LANE, PROPOSED);
    AgentSpec renamed = LaneSamples.spec("other", AgentType.OPENAI_CODEX, Duration.ofSeconds(1));

    assertThat(store().find("00".repeat(32), LANE)).isEmpty();
    assertThat(store().find(INPUT, renamed)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "{}",
        "\u0000",
        "{\"format\":\"optr-answer@v1\"}",
        "{\"a\":1,\"a\":2}"
      })
  void takesADamagedFileForAbsent(String content) throws IOException {
    store().keep(INPUT, LANE, PROPOSED);
    Files.write(file(), content.getBytes(UTF_8));

    assertThat(store().find(INPUT, LANE)).isEmpty();
  }

  @Test
  void takesAFileThatWasCutAnywhereForAbsent() throws IOException {
    store().keep(INPUT, LANE, PROPOSED);
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), java.util.Arrays.copyOf(whole, length));
      assertThat(store().find(INPUT, LANE)).as("cut to %d bytes", length).isEmpty();
    }
  }

  @Test
  void takesAForeignFileForAbsent() throws IOException {
    store().keep(INPUT, LANE, PROPOSED);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(store().find(INPUT, LANE)).isEmpty();

    Path elsewhere = Files.move(file(), root.resolve("elsewhere"));
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-------"));
    Files.createSymbolicLink(file(), elsewhere);
    assertThat(store().find(INPUT, LANE)).isEmpty();
  }

  @Test
  void takesTheAnswerOfAnotherInputForAbsentThatWasMovedHere() throws IOException {
    store().keep("00".repeat(32), LANE, PROPOSED);
    Path other = root.resolve("runs").resolve("00".repeat(32)).resolve(file().getFileName());
    Files.createDirectories(file().getParent());
    Files.move(other, file());

    assertThat(store().find(INPUT, LANE)).isEmpty();
  }

  @Test
  void redactsProseBeforeItTouchesTheDisk() {
    store().keep(INPUT, LANE, proposed("my key is " + KEY, "content"));

    assertThat(file()).content().doesNotContain(KEY);
    assertThat(store().find(INPUT, LANE)).contains(proposed("my key is ***", "content"));
  }

  @Test
  void storesNothingWhereEditsHoldACredential() {
    store().keep(INPUT, LANE, proposed("fine", "token = " + KEY));

    assertThat(root.resolve("runs")).doesNotExist();
  }

  @Test
  void refusesNamesThatAreNoNames() {
    AgentSpec hostile = LaneSamples.spec("../../x", AgentType.RECORDED, Duration.ofSeconds(1));

    assertThatThrownBy(() -> store().find(INPUT, hostile))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().remove("../..")).isInstanceOf(IllegalArgumentException.class);
  }

  private AnswerStore store() {
    return new AnswerStore(root, new Disk(Checkpoint.NONE), new Redactor(List.of(Secret.of(KEY))));
  }

  private Path file() {
    return root.resolve("runs").resolve(INPUT).resolve("codex-" + LANE.digest() + ".json");
  }

  private static Answer proposed(String summary, String content) {
    return new Answer.Proposed(
        new Proposal(
            summary,
            "because",
            900L,
            List.of("tests"),
            List.of(),
            List.of(new Proposal.ConstraintClaim("c1", null, "")),
            List.of(new Edit.Create("a.txt", content, true))),
        new Exchange(
            "m",
            Usage.unknown(2, 1),
            List.of("req_1"),
            Instant.parse("2026-11-22T06:00:00.123456789Z"),
            12,
            true,
            List.of(Json.object().put("role", "provider").put("said", summary).build())));
  }
}

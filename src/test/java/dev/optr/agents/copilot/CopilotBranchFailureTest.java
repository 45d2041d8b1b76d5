package dev.optr.agents.copilot;

import static dev.optr.agents.copilot.CopilotFixture.completed;
import static dev.optr.agents.copilot.CopilotFixture.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Network;
import dev.optr.testing.VendorTraffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a lane of Copilot's ends whose branch is no proposal. */
final class CopilotBranchFailureTest {
  private static final String BRANCH = "copilot/fix-login";

  @TempDir Path directory;

  private CopilotFixture site;

  private VendorTraffic traffic;

  @BeforeEach
  void open() {
    site = new CopilotFixture(directory, Map.of("a.txt", "one\n"));
    traffic = VendorTraffic.of(site.github.server());
  }

  @AfterEach
  void everyRequestWasOneThatGitHubTakes() {
    try {
      traffic.assertValid();
    } finally {
      site.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../user",
        "copilot/../main",
        "copilot/x?y=z",
        "copilot/x#y",
        "copilot/x y",
        "copilot/x:refs/heads/main",
        "-copilot/x",
        "copilot/.x",
        "copilot/x.lock",
        "copilot//x",
        "copilot/x%2e%2e",
        "copilot/\u202ex",
        "optr/ledger",
        "refs/heads/optr/gate"
      })
  void refusesTheNameOfABranchThatCouldMeanSomethingElse(String name) {
    site.github.says(completed(name));

    Answer.Failed failed = failed();

    assertThat(failed.code()).isEqualTo(FailureCode.SCHEMA);
    assertThat(failed.message()).contains("which is refused").doesNotContain("\u202e");
    assertThat(site.github.lines()).noneMatch(line -> line.contains("/git/ref/"));
  }

  @Test
  void refusesToChooseBetweenBranches() {
    JsonObject one = (JsonObject) completed("copilot/a").array("artifacts").getFirst();
    JsonObject two = (JsonObject) completed("copilot/b").array("artifacts").getFirst();
    site.github.says(fixture("completed").with("artifacts", Json.array(List.of(one, two))));

    assertThat(failed().code()).isEqualTo(FailureCode.SCHEMA);
  }

  @Test
  void isEmptyWhereTheNamedBranchIsNotThere() {
    site.github.says(fixture("completed"));

    assertThat(failed().code()).isEqualTo(FailureCode.EMPTY);
  }

  @Test
  void isEmptyWhereTheBranchChangesNothing() {
    site.produce(BRANCH, () -> site.worker.commitStaged("nothing"));
    site.github.says(fixture("completed"));

    assertThat(failed().message()).isEqualTo("the branch changes nothing");
  }

  @Test
  void isEmptyWhereTheBranchIsTheFrozenCommit() {
    site.produce(BRANCH, () -> {});
    site.github.says(fixture("completed"));

    assertThat(failed().code()).isEqualTo(FailureCode.EMPTY);
  }

  @Test
  void refusesABranchThatIsNotBuiltOnTheFrozenCommit() {
    unrelated(Map.of("a.txt", "elsewhere\n"));
    site.github.says(fixture("completed"));

    Answer.Failed failed = failed();

    assertThat(failed.code()).isEqualTo(FailureCode.SCHEMA);
    assertThat(failed.message()).contains("is not built on the frozen commit");
  }

  @Test
  void refusesAFetchedBranchWhateverTheComparisonSaid() {
    unrelated(Map.of("a.txt", "elsewhere\n"));
    site.github
        .says(fixture("completed"))
        .script(
            "GET /repos/octo/app/compare/.*",
            200,
            "{\"merge_base_commit\":{\"sha\":\"" + site.frozen + "\"}}")
        .lists(tree -> tree.replace("\"truncated\":false", "\"truncated\":true"));

    assertThat(failed().code()).isEqualTo(FailureCode.SCHEMA);
  }

  @Test
  void refusesASymbolicLinkByName() throws Exception {
    site.produce(
        BRANCH,
        () -> {
          try {
            Files.createSymbolicLink(
                site.worker.directory().resolve("link"), Path.of("/etc/passwd"));
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
          site.worker.stage("link");
          site.worker.commitStaged("a link");
        });
    site.github.says(fixture("completed"));

    Answer.Failed failed = failed();

    assertThat(failed.code()).isEqualTo(FailureCode.SCHEMA);
    assertThat(failed.message()).contains("link: it is a symbolic link");
  }

  @Test
  void refusesAListingThatIsNotTheTreesOwn() {
    site.produce(BRANCH, () -> site.worker.commit("work", Map.of("b.txt", "b\n")));
    site.github.says(fixture("completed")).lists(tree -> tree.replace("b.txt", ".git/x"));

    assertThat(failed().message()).contains("do not make that tree");
  }

  @Test
  void refusesContentThatIsNotTheBlobsOwn() {
    site.produce(BRANCH, () -> site.worker.commit("work", Map.of("b.txt", "b\n")));
    site.github
        .says(fixture("completed"))
        .script(
            "GET /repos/octo/app/git/blobs/.*",
            200,
            "{\"content\":\"b3RoZXI=\",\"encoding\":\"base64\"}");

    assertThat(failed().code()).isEqualTo(FailureCode.SERVICE);
  }

  @Test
  void refusesMoreThanAProposalMayHold() {
    site.produce(BRANCH, () -> site.worker.commit("much", Map.of("big.txt", "x".repeat(5 << 20))));
    site.github.says(fixture("completed"));

    assertThat(failed().code()).isEqualTo(FailureCode.SCHEMA);
  }

  @Test
  void saysThatTheFetchFailedWithoutTheToken() {
    site.produce(BRANCH, () -> site.worker.commit("work", Map.of("b.txt", "b\n")));
    site.git.redirectTo("http://127.0.0.1:1");
    site.github
        .says(fixture("completed"))
        .lists(tree -> tree.replace("\"truncated\":false", "\"truncated\":true"));

    Answer.Failed failed = failed();

    assertThat(failed.code()).isEqualTo(FailureCode.SERVICE);
    assertThat(failed.message())
        .contains("could not fetch from", "redirects to")
        .doesNotContain(CopilotFixture.TOKEN);
  }

  private void unrelated(Map<String, String> files) {
    Path elsewhere = directory.resolve("elsewhere");
    try (var other = dev.optr.testing.TempRepo.create(elsewhere);
        var hosted =
            dev.optr.git.GitRepository.open(
                directory.resolve("srv/octo/app.git"), dev.optr.base.Checkpoint.NONE)) {
      other.commit("a root of its own", files);
      hosted.fetch(
          Network.direct(),
          elsewhere.toUri(),
          java.util.Optional.empty(),
          List.of("+refs/heads/main:refs/heads/" + BRANCH));
    }
  }

  private Answer.Failed failed() {
    Answer answer = site.ask();
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    assertThat(((Answer.Failed) answer).message()).doesNotContain(CopilotFixture.TOKEN);
    return (Answer.Failed) answer;
  }
}

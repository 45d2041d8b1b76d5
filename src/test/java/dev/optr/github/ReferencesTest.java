package dev.optr.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.optr.base.ServiceException;
import dev.optr.testing.FakeGitHub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReferencesTest {
  @TempDir Path directory;
  private GitHubFixture fixture;
  private FakeGitHub github;
  private GitData data;

  @BeforeEach
  void start() throws IOException {
    fixture = new GitHubFixture(directory);
    github = fixture.github;
    data = fixture.connection.gitData();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void makesABranchAndATag() throws IOException {
    assertThat(data.createBranch("optr/open/7-codex", fixture.head))
        .isEqualTo(new BranchMove.Moved());
    assertThat(data.createTag("optr/01J/ü#1", fixture.base)).isEqualTo(new BranchMove.Moved());

    assertThat(fixture.tip("refs/heads/optr/open/7-codex")).isEqualTo(fixture.head);
    assertThat(fixture.tip("refs/tags/optr/01J/ü#1")).isEqualTo(fixture.base);
    assertThat(github.requests()).hasSize(2);
  }

  @Test
  void leavesWhatIsThere() throws IOException {
    fixture.point("refs/tags/v1", fixture.base);

    assertThat(data.createBranch("topic", fixture.head)).isEqualTo(new BranchMove.Moved());
    assertThat(data.createBranch("topic", fixture.base))
        .isEqualTo(new BranchMove.Superseded(fixture.head));
    assertThat(data.createTag("v1", fixture.base)).isEqualTo(new BranchMove.Moved());
    assertThat(data.createTag("v1", fixture.head))
        .isEqualTo(new BranchMove.Superseded(fixture.base));
    assertThat(fixture.tip("refs/tags/v1")).isEqualTo(fixture.base);
  }

  @Test
  void reportsARuleThatForbidsTheBranch() {
    String words = "Repository rule violations found";
    github.protectBranch("optr/ledger", words);

    assertThat(data.createBranch("optr/ledger", fixture.head))
        .isEqualTo(new BranchMove.Refused(words));
    assertThat(data.createBranch("new", "0123456789012345678901234567890123456789"))
        .isEqualTo(new BranchMove.Refused("Object does not exist"));
  }

  @Test
  void findsThatABranchWasMadeAlthoughTheAnswerWasLost() throws IOException {
    GitHubConnection hasty = fixture.connect(FakeGitHub.TOKEN, Duration.ofSeconds(2));
    github.delayOnce("POST", ".*/git/refs", Duration.ofSeconds(4));

    assertThat(hasty.gitData().createBranch("new", fixture.head)).isEqualTo(new BranchMove.Moved());
    assertThat(fixture.tip("refs/heads/new")).isEqualTo(fixture.head);
  }

  @Test
  void deletesABranchOnce() throws IOException {
    fixture.point("refs/heads/optr/open/7-codex", fixture.head);
    fixture.point("refs/heads/optr/open/7-codex-2", fixture.head);

    assertThat(data.deleteBranch("optr/open/7-codex")).isTrue();
    assertThat(data.deleteBranch("optr/open/7-codex")).isFalse();

    assertThat(data.branchHead("optr/open/7-codex")).isEmpty();
    assertThat(data.branchHead("optr/open/7-codex-2")).contains(fixture.head);
  }

  @Test
  void saysThatABranchMayNotBeDeleted() {
    github.answerOnce(
        "DELETE", ".*", 422, Map.of(), "{\"message\": \"Cannot delete a protected branch\"}");

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> data.deleteBranch("topic"))
        .withMessage(
            "could not delete the branch 'topic': HTTP 422: Cannot delete a protected branch");
  }
}

package dev.optr.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.UserException;
import org.junit.jupiter.api.Test;

final class WishTest {
  private static final IntentSource.PullRequest SEVEN = new IntentSource.PullRequest(7, "ada");
  private static final Wish EVENT = Wish.ofPullRequest("Fix login", "See #3", SEVEN);

  @Test
  void prefersTheArgument() {
    assertThat(Wish.choose("argument", EVENT, "file"))
        .isEqualTo(Wish.of("argument", new IntentSource.Argument()));
  }

  @Test
  void prefersTheEventToTheWorkflowFile() {
    assertThat(Wish.choose(" ", EVENT, "file")).isEqualTo(EVENT);
  }

  @Test
  void fallsBackToTheWorkflowFile() {
    assertThat(Wish.choose(null, Wish.of(" \n", SEVEN), "file"))
        .isEqualTo(Wish.of("file", new IntentSource.WorkflowFile()));
  }

  @Test
  void saysWhereAnIntentCouldComeFromWhereThereIsNone() {
    assertThatThrownBy(() -> Wish.choose(null, null, null))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--intent")
        .hasMessageContaining("'intent:'");
  }

  @Test
  void takesAPullRequestWithoutDescription() {
    assertThat(Wish.ofPullRequest("Fix login", null, SEVEN).parts()).containsExactly("Fix login");
  }
}

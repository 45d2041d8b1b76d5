package dev.optr.agents.copilot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class FrozenBranchesTest {
  private final FrozenBranches branches = new FrozenBranches();

  @Test
  void isDeletedByTheLastOneWhoeverMadeIt() throws InterruptedException {
    branches.enter("b");
    branches.enter("b");
    branches.made("b");

    assertThat(branches.leave("b")).isFalse();
    assertThat(branches.leave("b")).isTrue();
  }

  @Test
  void isNotDeletedWhereNobodyMadeIt() throws InterruptedException {
    branches.enter("b");

    assertThat(branches.leave("b")).isFalse();
    branches.enter("b");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isEnteredByNobodyWhileItIsDeleted() throws Exception {
    branches.enter("b");
    branches.made("b");
    branches.leave("b");
    FutureTask<Boolean> entering =
        new FutureTask<>(
            () -> {
              branches.enter("b");
              return true;
            });
    Thread other = Thread.ofPlatform().daemon().start(entering);
    while (other.getState() != Thread.State.WAITING) {
      assertThat(entering.isDone()).isFalse();
      Thread.onSpinWait();
    }

    branches.deleted("b");

    assertThat(entering.get()).isTrue();
  }
}

package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Question;
import dev.optr.git.FrozenTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScopedAgentTest {
  @TempDir Path directory;

  @Test
  void showsALaneNothingThatItExcludes() throws InterruptedException {
    List<Question> asked = new ArrayList<>();
    ScopedAgent agent =
        new ScopedAgent(
            (question, log) -> {
              asked.add(question);
              return new Answer.Declined("no", Exchange.none(log.startedAt()));
            },
            path -> !path.startsWith("src/"));

    Answer answer = agent.ask(LaneSamples.question(directory), LaneSamples.log());

    assertThat(answer).isInstanceOf(Answer.Declined.class);
    assertThat(asked.getFirst().tree().files())
        .extracting(FrozenTree.File::path)
        .containsExactly("a.txt");
  }
}

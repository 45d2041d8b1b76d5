package dev.optr.agents.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.Question;
import dev.optr.base.Secret;
import dev.optr.testing.DirectLinePlayer;
import dev.optr.workflow.AgentSpec;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** A bot behind Direct Line, played. */
abstract class DirectLineHarness extends MicrosoftHarness {
  static final String SEND = "POST /v3/directline/conversations/AbC-1-europe/activities";
  static final String POLL = "GET /v3/directline/conversations/AbC-1-europe/activities";
  static final String GENERATE = "POST /v3/directline/tokens/generate";

  DirectLinePlayer player = DirectLinePlayer.saying(KEY, PATH);

  @AfterEach
  void everyRequestWasOneThatTheServiceTakes() {
    player.close();
    assertThat(player.complaints()).isEmpty();
  }

  void play(String... texts) {
    player.close();
    player = DirectLinePlayer.saying(KEY, texts);
  }

  void replay(DirectLinePlayer.Bot bot) {
    player.close();
    player = DirectLinePlayer.start(KEY, bot);
  }

  AgentSpec lane() {
    return lane("direct-line", null, player.base());
  }

  Answer ask() {
    return ask(lane());
  }

  Answer ask(AgentSpec lane) {
    return ask(lane, new DirectLine(lane, Optional.empty(), Secret.of(KEY), http()));
  }

  Answer ask(AgentSpec lane, Question question) {
    return ask(lane, new DirectLine(lane, Optional.empty(), Secret.of(KEY), http()), question);
  }
}

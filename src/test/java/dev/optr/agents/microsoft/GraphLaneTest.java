package dev.optr.agents.microsoft;

import dev.optr.agents.FailureCode;
import dev.optr.agents.Provider;
import dev.optr.base.Secret;
import dev.optr.testing.CopilotChatPlayer;
import dev.optr.testing.Front.Place;
import dev.optr.workflow.AgentSpec;
import java.util.List;

final class GraphLaneTest extends BotContract {
  @Override
  public List<Place> places() {
    return List.of(new Place("POST", "/beta/copilot/conversations"), new Place("POST", ".*/chat"));
  }

  @Override
  public Failing refusing() {
    return new Failing(
        agentAt(player("I am not allowed to do that.").in("disengagedForRai").base()),
        FailureCode.REFUSED,
        "content policy");
  }

  @Override
  String playing(String... texts) {
    return player(texts).base();
  }

  private CopilotChatPlayer player(String... texts) {
    CopilotChatPlayer player = stage().open(CopilotChatPlayer.graph(KEY, texts));
    heed(player::complaints);
    return player;
  }

  @Override
  AgentSpec lane(String base) {
    return lane("graph", null, base);
  }

  @Override
  Provider provider(AgentSpec lane) {
    return CopilotChat.graph(lane, Secret.of(KEY), http());
  }
}

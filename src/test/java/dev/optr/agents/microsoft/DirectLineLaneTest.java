package dev.optr.agents.microsoft;

import dev.optr.agents.Provider;
import dev.optr.base.Secret;
import dev.optr.testing.DirectLinePlayer;
import dev.optr.testing.Front.Place;
import dev.optr.workflow.AgentSpec;
import java.util.List;
import java.util.Optional;

final class DirectLineLaneTest extends BotContract {
  @Override
  public List<Place> places() {
    return List.of(
        new Place("POST", "/v3/directline/tokens/generate"),
        new Place("POST", "/v3/directline/conversations"),
        new Place("GET", ".*/activities.*"),
        new Place("POST", ".*/activities", ".*\"type\":\"message\".*"));
  }

  @Override
  String playing(String... texts) {
    DirectLinePlayer player = stage().open(DirectLinePlayer.saying(KEY, texts));
    heed(player::complaints);
    return player.base();
  }

  @Override
  AgentSpec lane(String base) {
    return lane("direct-line", null, base);
  }

  @Override
  Provider provider(AgentSpec lane) {
    return new DirectLine(lane, Optional.empty(), Secret.of(KEY), http());
  }
}

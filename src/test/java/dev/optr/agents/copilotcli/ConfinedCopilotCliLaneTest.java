package dev.optr.agents.copilotcli;

import dev.optr.agents.ProgramLane;
import java.nio.file.Path;

/** The same scenes where the program is confined. */
final class ConfinedCopilotCliLaneTest extends CopilotCliLaneTest {
  @Override
  ProgramLane in(Path place) {
    return ProgramLane.confined(place);
  }
}

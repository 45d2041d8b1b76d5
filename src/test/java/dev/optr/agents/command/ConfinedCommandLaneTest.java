package dev.optr.agents.command;

import dev.optr.agents.ProgramLane;
import java.nio.file.Path;

/** The same scenes where the program is confined. */
final class ConfinedCommandLaneTest extends CommandLaneTest {
  @Override
  ProgramLane in(Path place) {
    return ProgramLane.confined(place);
  }
}

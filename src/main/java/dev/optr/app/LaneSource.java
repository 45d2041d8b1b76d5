package dev.optr.app;

import dev.optr.agents.Lanes;
import dev.optr.agents.Question;
import dev.optr.datalake.DataLake;
import dev.optr.evidence.Examined;
import java.util.List;

/** Where the lanes of a run come from. */
sealed interface LaneSource {
  /**
   * They are asked now.
   *
   * @param kept those that are not: what they answered in a run before this one is examined again
   */
  record Asked(Lanes lanes, Question question, DataLake dataLake, List<Examined> kept)
      implements LaneSource {
    public Asked {
      kept = List.copyOf(kept);
    }
  }

  /**
   * They were asked in a phase before this one.
   *
   * @param lanes every lane, in the order of the workflow file, with what was found out then
   */
  record Bundled(List<Examined> lanes) implements LaneSource {
    public Bundled {
      lanes = List.copyOf(lanes);
    }
  }
}

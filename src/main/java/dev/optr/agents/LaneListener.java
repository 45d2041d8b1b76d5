package dev.optr.agents;

/** Hears how lanes get on, for progress lines; called from several threads at once. */
@FunctionalInterface
public interface LaneListener {
  LaneListener NONE = (_, _) -> {};

  void heard(String lane, LaneEvent event);
}

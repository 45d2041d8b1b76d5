package dev.optr.app;

import dev.optr.github.PullRequestEvent;

/** What a run is about. */
sealed interface Subject {
  /** The commit that is frozen. */
  String head();

  /** The commit whose workflow file, keys and genesis count. */
  String base();

  /** Short name of the branch that this is for. */
  String baseBranch();

  /** What the gate's status says that it is of. */
  String label();

  /** One pull request, as it was when the run began. */
  record OfPullRequest(PullRequestEvent event, Occasion occasion) implements Subject {
    @Override
    public String head() {
      return event.head().sha();
    }

    @Override
    public String base() {
      return event.base().sha();
    }

    @Override
    public String baseBranch() {
      return event.base().ref();
    }

    @Override
    public String label() {
      return "#%d into %s".formatted(event.number(), baseBranch());
    }

    /** True where whoever pushed it may not write here, and nobody who may has asked for a run. */
    boolean isStrangers() {
      return (event.isFork() || event.isFromDependabot())
          && switch (occasion) {
            case Occasion.Push _, Occasion.Label _ -> true;
            case Occasion.Comment _, Occasion.Retry _, Occasion.Dispatch _ -> false;
          };
    }
  }

  /** Pull requests that a merge queue tries together. */
  record OfMergeGroup(String head, String base, String baseBranch) implements Subject {
    @Override
    public String label() {
      return "merge group into " + baseBranch;
    }
  }
}

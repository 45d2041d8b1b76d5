package dev.optr.app;

import dev.optr.github.PullRequestEvent;
import dev.optr.intent.IntentSource;
import dev.optr.intent.Wish;
import dev.optr.workflow.Workflow;
import java.util.Optional;

/** What is wanted of a run that an event at GitHub started. */
final class EventWish {
  private EventWish() {}

  /**
   * @param argument the input {@code intent}, which comes before what the pull request says, and
   *     behind what somebody asks for in so many words
   * @throws dev.optr.base.UserException where there is none
   */
  static Wish choose(Subject subject, Workflow workflow, Optional<String> argument) {
    return switch (subject) {
      // Nobody is asked about it: the words are for the record of the jobs alone.
      case Subject.OfMergeGroup group ->
          Wish.of("Merge into " + group.baseBranch(), new IntentSource.Argument());
      case Subject.OfPullRequest(PullRequestEvent event, Occasion occasion) ->
          explicit(event, occasion)
              .orElseGet(
                  () ->
                      Wish.choose(argument.orElse(null), ofPullRequest(event), workflow.intent()));
    };
  }

  private static Optional<Wish> explicit(PullRequestEvent event, Occasion occasion) {
    return switch (occasion) {
      case Occasion.Comment(String author, Optional<String> wish) ->
          wish.map(text -> Wish.of(text, new IntentSource.Comment(event.number(), author)));
      case Occasion.Dispatch(Optional<String> wish) ->
          wish.map(text -> Wish.of(text, new IntentSource.Argument()));
      case Occasion.Push _, Occasion.Label _, Occasion.Retry _ -> Optional.empty();
    };
  }

  private static Wish ofPullRequest(PullRequestEvent event) {
    return Wish.ofPullRequest(
        event.title(), event.body(), new IntentSource.PullRequest(event.number(), event.author()));
  }
}

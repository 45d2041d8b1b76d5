package dev.optr.agents.microsoft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a bot says to one message of ours, which may come in several activities. Nothing says that
 * it is whole: it is taken as such when the bot has been quiet for some looks after its last
 * message, fewer where the message says that the bot waits for input.
 */
final class BotAnswer {
  static final int QUIET_AFTER_HINT = 2;
  static final int QUIET = 4;

  // More is no answer that anybody could use.
  private static final int MOST_ACTIVITIES = 10_000;
  private static final int MOST_TEXT = 4 << 20;

  private final String user;
  private final String sent;
  private final Set<String> seen = new HashSet<>();
  private final List<Activity> messages = new ArrayList<>();
  private String sentId = "";
  private int heard;
  private int ours;
  private long length;
  private boolean ended;

  /**
   * @param user who we are
   * @param sent our message
   */
  BotAnswer(String user, String sent) {
    this.user = user;
    this.sent = sent;
  }

  /** The service took our message under this id. */
  void taken(String id) {
    sentId = id;
    seen.add(id);
  }

  /** Hears one activity; those that were heard before count once. */
  void hear(Activity activity) {
    if (!activity.id().isEmpty() && !seen.add(activity.id())) {
      return;
    }
    length += activity.id().length();
    if (activity.isFrom(user)) {
      ours++;
      if (sentId.isEmpty() && activity.text().equals(sent)) {
        sentId = activity.id();
      }
      return;
    }
    heard++;
    switch (activity.type()) {
      case "message" -> {
        messages.add(activity.withoutAttachments());
        length += activity.text().length();
      }
      case "endOfConversation" -> ended = true;
      default -> {
        // Typing and the like: the bot is at work.
      }
    }
  }

  /** True where our message has arrived. */
  boolean isTaken() {
    return !sentId.isEmpty();
  }

  /** How much was heard, signs of life included. */
  int heard() {
    return heard;
  }

  boolean hasMessage() {
    return !messages.isEmpty();
  }

  boolean isEnded() {
    return ended;
  }

  boolean isTooMuch() {
    return length > MOST_TEXT || heard + ours > MOST_ACTIVITIES;
  }

  /** How many looks without anything new mean that this is all. */
  int patience() {
    return hasMessage() && messages.getLast().waitsForInput() ? QUIET_AFTER_HINT : QUIET;
  }

  /** What was said: replies to our message, else everything, for there are bots that do not say. */
  String text() {
    List<Activity> replies =
        messages.stream().filter(message -> isTaken() && message.answers(sentId)).toList();
    return joined((replies.isEmpty() ? messages : replies).stream().map(Activity::text).toList());
  }

  /**
   * Parts as one text, each on a line of its own; but where the break falls into a text within
   * JSON, a line break would be put into that text, and so none is.
   */
  static String joined(List<String> parts) {
    StringBuilder out = new StringBuilder();
    JsonPlace place = new JsonPlace();
    for (String part : parts) {
      if (!out.isEmpty() && !place.isWithinText()) {
        out.append('\n');
      }
      out.append(part);
      place.read(part);
    }
    return out.toString();
  }
}

package dev.optr.git;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** What a push brought: commits that lead to its end and not to its beginning. */
public final class CommitRange {
  private final GitRepository repository;

  public CommitRange(GitRepository repository) {
    this.repository = repository;
  }

  /**
   * One commit.
   *
   * @param message all of it
   */
  public record Brought(String id, String message) {}

  /**
   * The commits, the newest first.
   *
   * @param before ids of commits that they do not lead to; none of them need be here
   * @param most how many are looked at
   */
  public List<Brought> since(List<String> before, String after, int most) {
    List<Brought> brought = new ArrayList<>();
    try (RevWalk walk = new RevWalk(repository.jgit())) {
      walk.markStart(walk.parseCommit(ObjectId.fromString(after)));
      for (String old : before) {
        if (repository.resolve(old).isPresent()) {
          walk.markUninteresting(walk.parseCommit(ObjectId.fromString(old)));
        }
      }
      for (RevCommit commit = walk.next();
          commit != null && brought.size() < most;
          commit = walk.next()) {
        brought.add(new Brought(commit.name(), commit.getFullMessage()));
      }
      return brought;
    } catch (IOException e) {
      throw ServiceException.lasting("could not read what led to commit " + after, e);
    }
  }
}

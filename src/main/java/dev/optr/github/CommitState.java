package dev.optr.github;

/** The states of a commit status. */
public enum CommitState {
  PENDING,
  SUCCESS,
  FAILURE,
  ERROR
}

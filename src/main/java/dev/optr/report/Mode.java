package dev.optr.report;

/** With which powers a run was made. */
public enum Mode {
  LOCAL,
  FULL,
  /** No agents were asked; the commit itself was examined. */
  REPORT_ONLY,
  MAINTAINER
}

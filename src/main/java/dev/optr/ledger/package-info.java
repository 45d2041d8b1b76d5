/**
 * The append-only ledger of docs/ledger-format.md: entries, ids, signatures, verification. Takes an
 * event, gives a receipt; imports base alone, so that an auditor's verifier can become its own jar.
 */
@NullMarked
package dev.optr.ledger;

import org.jspecify.annotations.NullMarked;

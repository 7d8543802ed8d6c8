package io.podcapture;

/**
 * Whether a method can capture at a point, as far as can be told before it tries.
 *
 * @since 0.1
 */
public enum Usability {
    /** Everything that can be asked says yes. */
    USABLE,
    /** Nothing says no, but something can only be known by trying, whether there is a shell for instance. */
    UNCERTAIN,
    /** Something says no. */
    REFUSED
}

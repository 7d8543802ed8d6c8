package io.podcapture;

/**
 * How far a plan goes to find out what would work.
 *
 * @since 0.1
 */
public enum PlanDepth {
    /** Reads, asks for rights and makes dry runs: nothing runs in a target, nothing is made. */
    READ,
    /**
     * Runs in targets besides what only a try can tell: {@code tcpdump --version} and one constant script that looks for a
     * directory to write to, where it makes and removes an empty file.
     */
    PROBE
}

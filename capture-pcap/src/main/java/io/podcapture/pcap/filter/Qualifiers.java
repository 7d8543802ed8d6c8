package io.podcapture.pcap.filter;

import org.jspecify.annotations.Nullable;

/**
 * The words in front of a name or number that say what it means. One without takes those of its neighbor on the left.
 *
 * @param protocol null if none is named
 * @param direction which of two
 * @param kind what it is
 * @param known false behind what has none to give on
 */
record Qualifiers(@Nullable Protocol protocol, Direction direction, Kind kind, boolean known) {
    static final Qualifiers NONE = new Qualifiers(null, Direction.EITHER, Kind.DEFAULT, false);

    Qualifiers(@Nullable Protocol protocol, Direction direction, Kind kind) {
        this(protocol, direction, kind, true);
    }

    boolean isHost() {
        return known && (kind == Kind.HOST || kind == Kind.DEFAULT);
    }

    boolean isNet() {
        return known && kind == Kind.NET;
    }
}

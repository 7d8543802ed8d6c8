package io.podcapture.pcap.filter;

import org.jspecify.annotations.Nullable;

/** What stands in front of the word that is read, and waits for what follows. */
final class Frame {
    enum Kind {
        START,
        PARENTHESIS,
        NOT,
        AND,
        OR,

        /** Words such as {@code tcp port}. */
        QUALIFIERS,
        RELATION,
        OPERATION,
        MINUS,
        BRACKET
    }

    // What may follow, added up.

    /** Something that holds or not, by itself. */
    static final int TERM = 1;

    /** A number, address or name, whose meaning the qualifiers in front of it give. */
    static final int NAME = 2;

    /** A number that is computed with. */
    static final int ARITHMETIC = 4;

    /** A number as it stands, perhaps in parentheses. */
    final Kind kind;

    final Token token;
    final Qualifiers qualifiers;
    final int mayFollow;

    /** What stands in front of an operator; null otherwise. */
    final @Nullable Operand left;

    /** In front of a bracket; null otherwise. */
    final @Nullable Protocol protocol;

    Frame(Kind kind, Token token, Qualifiers qualifiers, int mayFollow) {
        this(kind, token, qualifiers, mayFollow, null, null);
    }

    Frame(
            Kind kind,
            Token token,
            Qualifiers qualifiers,
            int mayFollow,
            @Nullable Operand left,
            @Nullable Protocol protocol) {
        this.kind = kind;
        this.token = token;
        this.qualifiers = qualifiers;
        this.mayFollow = mayFollow;
        this.left = left;
        this.protocol = protocol;
    }

    boolean mayFollow(int what) {
        return (mayFollow & what) != 0;
    }

    /** What may stand in a parenthesis here. Names may stand in one, but not in one that begins another. */
    int mayStandInParenthesis() {
        return kind == Kind.PARENTHESIS && mayFollow(NAME) ? mayFollow & ~NAME : mayFollow;
    }
}

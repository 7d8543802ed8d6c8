package io.podcapture.pcap.filter;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter once from left to right and puts its program together on the way, for in this language a word may change
 * the meaning of all that follow. What waits for its end is on a stack of its own: parentheses nest as deep as they like.
 */
final class Parser {
    private final Compilation compilation;
    private final Source source;
    private final Words words;
    private final Primitives primitives;
    private final Deque<Frame> frames = new ArrayDeque<>();

    /** What was read last; null where something must follow. */
    private @Nullable Operand read;

    Parser(Compilation compilation) throws FilterSyntaxException {
        this.compilation = compilation;
        source = compilation.source;
        words = new Words(source);
        primitives = new Primitives(compilation, words);
    }

    /** {@return what the filter asks; null if its text is empty, and all packets match} */
    @Nullable
    Condition parse() throws FilterSyntaxException {
        if (words.is(Word.END)) {
            return null;
        }
        frames.push(new Frame(Frame.Kind.START, words.current(), Qualifiers.NONE, Frame.TERM));
        while (true) {
            if (read == null) {
                begin(frames.element());
            } else if (read instanceof Operand.Held held) {
                if (frames.element().kind == Frame.Kind.START && words.is(Word.END)) {
                    return held.condition();
                }
                goOn(held);
            } else {
                compute(read);
            }
        }
    }

    /** Reads what an operand begins with. */
    private void begin(Frame front) throws FilterSyntaxException {
        Token token = words.current();
        switch (token.word()) {
            case OPEN -> open(Frame.Kind.PARENTHESIS, front, front.mayStandInParenthesis());
            case NOT -> {
                int mayFollow = front.mayFollow & (Frame.TERM | Frame.NAME);
                if (mayFollow == 0) {
                    throw words.unexpected(expected(front));
                }
                open(Frame.Kind.NOT, front, mayFollow);
            }
            case NUMBER -> {
                words.next();
                read = new Operand.Plain(token);
            }
            case MINUS -> {
                needArithmetic(front);
                open(Frame.Kind.MINUS, front, Frame.ARITHMETIC);
            }
            case LENGTH -> {
                needArithmetic(front);
                source.at(token);
                words.next();
                read = new Operand.Computed(compilation.arithmetic.length());
            }
            case NAME, IPV4, IPV6, MAC, AID -> {
                if (!front.mayFollow(Frame.NAME)) {
                    throw words.unexpected(expected(front));
                }
                read = new Operand.Held(primitives.identifier(front.qualifiers), front.qualifiers, true);
            }
            default -> term(front);
        }
    }

    private void open(Frame.Kind kind, Frame front, int mayFollow) throws FilterSyntaxException {
        frames.push(new Frame(kind, words.current(), front.qualifiers, mayFollow));
        words.next();
    }

    private void needArithmetic(Frame front) throws FilterSyntaxException {
        if (!front.mayFollow(Frame.TERM | Frame.ARITHMETIC)) {
            throw words.unexpected(expected(front));
        }
    }

    private void term(Frame front) throws FilterSyntaxException {
        Token token = words.current();
        Protocol protocol = Protocol.of(token.word());
        if (protocol != null && front.mayFollow(Frame.TERM | Frame.ARITHMETIC)) {
            words.next();
            if (words.is(Word.OPEN_BRACKET)) {
                frames.push(new Frame(Frame.Kind.BRACKET, token, Qualifiers.NONE, Frame.ARITHMETIC, null, protocol));
                words.next();
                return;
            }
            if (!front.mayFollow(Frame.TERM)) {
                throw words.unexpected("'['");
            }
        } else if (!front.mayFollow(Frame.TERM)) {
            throw words.unexpected(expected(front));
        }
        Qualifiers qualifiers = primitives.qualifiers(protocol);
        if (qualifiers != null) {
            frames.push(new Frame(Frame.Kind.QUALIFIERS, token, qualifiers, Frame.NAME));
            return;
        }
        read = new Operand.Held(primitives.primitive(protocol, token), Qualifiers.NONE, false);
    }

    /** Goes on behind what holds or not. */
    private void goOn(Operand.Held held) throws FilterSyntaxException {
        Frame front = frames.element();
        switch (front.kind) {
            case NOT -> {
                frames.pop();
                read = new Operand.Held(held.condition().not(), held.qualifiers(), held.named());
            }
            case QUALIFIERS -> {
                frames.pop();
                read = new Operand.Held(held.condition(), held.qualifiers(), false);
            }
            case AND, OR -> {
                frames.pop();
                Operand.Held left = (Operand.Held) waiting(front);
                boolean and = front.kind == Frame.Kind.AND;
                Condition both = and
                        ? left.condition().and(held.condition())
                        : left.condition().or(held.condition());
                read = new Operand.Held(both, held.qualifiers(), left.named());
            }
            default -> between(front, held);
        }
    }

    private static Operand waiting(Frame frame) {
        if (frame.left == null) {
            throw new IllegalStateException("nothing waits at " + frame.kind);
        }
        return frame.left;
    }

    private void between(Frame front, Operand.Held held) throws FilterSyntaxException {
        Token token = words.current();
        boolean closes = front.kind == Frame.Kind.PARENTHESIS && token.word() == Word.CLOSE;
        if (closes) {
            frames.pop();
            // A group gives on what stood in front of it, not what is in it.
            read = new Operand.Held(
                    held.condition(), held.named() ? held.qualifiers() : front.qualifiers, held.named());
        } else if (token.word() == Word.AND || token.word() == Word.OR) {
            Frame.Kind kind = token.word() == Word.AND ? Frame.Kind.AND : Frame.Kind.OR;
            int mayFollow = held.named() ? Frame.NAME : Frame.TERM | Frame.NAME;
            frames.push(new Frame(kind, token, held.qualifiers(), mayFollow, held, null));
            read = null;
        } else {
            throw words.unexpected(
                    front.kind == Frame.Kind.PARENTHESIS ? "'and', 'or' or ')'" : "'and', 'or' or the end");
        }
        if (closes || read == null) {
            words.next();
        }
    }

    /** Goes on behind a number. */
    private void compute(Operand number) throws FilterSyntaxException {
        Frame front = frames.element();
        Token token = words.current();
        boolean waits = front.kind == Frame.Kind.OPERATION || front.kind == Frame.Kind.MINUS;
        if (waits && !(Operators.isOperation(token.word()) && !Operators.firstComes(front, token.word()))) {
            frames.pop();
            source.at(front.token);
            read = new Operand.Computed(operated(front, number));
        } else if (Operators.isOperation(token.word()) && front.mayFollow(Frame.TERM | Frame.ARITHMETIC)) {
            await(Frame.Kind.OPERATION, front, computed(number));
        } else if (Operators.isRelation(token.word()) && front.mayFollow(Frame.TERM)) {
            await(Frame.Kind.RELATION, front, computed(number));
        } else if (front.kind == Frame.Kind.RELATION) {
            frames.pop();
            Arithmetic.Operand left = ((Operand.Computed) waiting(front)).number();
            Condition relation = compilation.arithmetic.relation(
                    front.token.word(), left, computed(number).number());
            read = new Operand.Held(relation, Qualifiers.NONE, false);
        } else if (front.kind == Frame.Kind.BRACKET) {
            frames.pop();
            read = new Operand.Computed(loaded(front, computed(number).number()));
        } else if (front.kind == Frame.Kind.PARENTHESIS && token.word() == Word.CLOSE) {
            frames.pop();
            words.next();
        } else if (number instanceof Operand.Plain plain && front.mayFollow(Frame.NAME)) {
            source.at(plain.token());
            read = new Operand.Held(
                    compilation.identifiers.number(plain.token().number(), front.qualifiers), front.qualifiers, true);
        } else {
            throw words.unexpected(
                    front.mayFollow(Frame.TERM) ? "an operator or a relation such as =" : expected(front));
        }
    }

    private void await(Frame.Kind kind, Frame front, Operand.Computed left) throws FilterSyntaxException {
        frames.push(new Frame(kind, words.current(), front.qualifiers, Frame.ARITHMETIC, left, null));
        read = null;
        words.next();
    }

    private Operand.Computed computed(Operand number) throws FilterSyntaxException {
        if (number instanceof Operand.Plain plain) {
            source.at(plain.token());
            return new Operand.Computed(
                    compilation.arithmetic.number(plain.token().number()));
        }
        return (Operand.Computed) number;
    }

    private Arithmetic.Operand operated(Frame front, Operand number) throws FilterSyntaxException {
        Arithmetic.Operand right = computed(number).number();
        source.at(front.token);
        if (front.kind == Frame.Kind.MINUS) {
            return compilation.arithmetic.negation(right);
        }
        Arithmetic.Operand left = ((Operand.Computed) waiting(front)).number();
        return compilation.arithmetic.operation(Operators.code(front.token.word()), left, right);
    }

    private Arithmetic.Operand loaded(Frame front, Arithmetic.Operand index) throws FilterSyntaxException {
        int size = 1;
        Token place = front.token;
        if (words.is(Word.COLON)) {
            words.next();
            place = words.current();
            size = words.take(Word.NUMBER, "a size of 1, 2 or 4").number();
        }
        words.take(Word.CLOSE_BRACKET, size == 1 ? "an operator, ':' or ']'" : "']'");
        source.at(place);
        if (front.protocol == null) {
            throw new IllegalStateException("no protocol in front of a bracket");
        }
        return compilation.arithmetic.load(front.protocol, index, size);
    }

    private static String expected(Frame front) {
        if (front.mayFollow(Frame.TERM)) {
            return front.mayFollow(Frame.NAME)
                    ? "a primitive such as tcp or host, or a name or number like the one before"
                    : "a primitive such as tcp, host or ip[0] = 1";
        }
        if (front.mayFollow(Frame.NAME)) {
            return "a name, number or address";
        }
        return "a number, len or octets such as ip[0]";
    }
}

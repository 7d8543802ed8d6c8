package io.podcapture.pcap.filter;

/** The words of a filter one after the other, with one that is looked at before it is taken. */
final class Words {
    private final Source source;
    private final Lexer lexer;
    private Token current;

    Words(Source source) throws FilterSyntaxException {
        this.source = source;
        lexer = new Lexer(source);
        current = lexer.next();
    }

    Token current() {
        return current;
    }

    boolean is(Word word) {
        return current.word() == word;
    }

    Token next() throws FilterSyntaxException {
        Token taken = current;
        current = lexer.next();
        return taken;
    }

    Token take(Word word, String expected) throws FilterSyntaxException {
        if (!is(word)) {
            throw unexpected(expected);
        }
        return next();
    }

    /** A number, perhaps in parentheses. */
    Token number() throws FilterSyntaxException {
        int open = 0;
        while (is(Word.OPEN)) {
            next();
            open++;
        }
        Token number = take(Word.NUMBER, "a number");
        for (; open > 0; open--) {
            take(Word.CLOSE, "')'");
        }
        return number;
    }

    FilterSyntaxException unexpected(String expected) {
        return source.malformed(current.start(), fault(expected));
    }

    /** What is wrong with the current word. */
    String fault(String expected) {
        return "syntax error: " + current.described() + " where " + expected + " was expected";
    }
}

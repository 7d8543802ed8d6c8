package io.podcapture.pcap.filter;

/** Cuts a filter into words: the longest that begins at each place, and of two as long the one tried first here. */
final class Lexer {
    private final Source source;
    private final String text;
    private int at;

    Lexer(Source source) {
        this.source = source;
        this.text = source.text;
    }

    Token next() throws FilterSyntaxException {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at == text.length()) {
            return new Token(Word.END, "", 0, at);
        }
        return switch (text.charAt(at)) {
            case '\\' -> escaped();
            case '$' -> arcnet();
            default -> longest();
        };
    }

    private Token escaped() {
        int end = at + 1;
        while (end < text.length() && " \t\n!()".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end == at + 1 ? unknown() : token(Word.NAME, at + 1, end, 0);
    }

    private Token arcnet() {
        int end = AddressText.hexRun(text, at + 1, 2);
        return end == at + 1 ? unknown() : token(Word.AID, at, end, 0);
    }

    private Token unknown() {
        return token(Word.UNKNOWN, at, text.offsetByCodePoints(at, 1), 0);
    }

    private Token longest() throws FilterSyntaxException {
        int name = nameEnd();
        Word keyword = name == at ? null : Word.spelled(text.substring(at, name));
        int mac = AddressText.macEnd(text, at);
        int number = numberEnd(at);
        int ipv4 = ipv4End();
        int ipv6 = AddressText.ipv6End(text, at);
        int halfMac = AddressText.halfMacEnd(text, at);
        int end = Math.max(Math.max(Math.max(name, mac), Math.max(number, ipv4)), Math.max(ipv6, halfMac));
        if (end == at) {
            return sign();
        }
        if (keyword != null && end == name) {
            return token(keyword, at, end, 0);
        }
        if (end == mac) {
            return token(Word.MAC, at, end, 0);
        }
        if (end == number) {
            return number(end);
        }
        if (end == ipv4) {
            return token(Word.IPV4, at, end, 0);
        }
        if (end == ipv6) {
            return token(Word.IPV6, at, end, 0);
        }
        if (end == halfMac) {
            throw source.refused(at, "bogus ethernet address " + text.substring(at, end));
        }
        Integer named = NamedNumbers.valueOf(text.substring(at, end));
        return named == null ? token(Word.NAME, at, end, 0) : token(Word.NUMBER, at, end, named);
    }

    /** A letter or digit, then letters, digits and {@code - _ .}, the last of which is no {@code -} or {@code _}. */
    private int nameEnd() {
        int end = at;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128 && Character.isLetterOrDigit(c) || c == '.' && i > at) {
                end = i + 1;
            } else if (c != '-' && c != '_' || i == at) {
                break;
            }
        }
        return end;
    }

    private int numberEnd(int from) {
        if (text.startsWith("0x", from) || text.startsWith("0X", from)) {
            int end = AddressText.hexRun(text, from + 2, Integer.MAX_VALUE);
            if (end > from + 2) {
                return end;
            }
        }
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    /** Two to four numbers with dots between them. */
    private int ipv4End() {
        int end = numberEnd(at);
        int parts = end == at ? 0 : 1;
        int last = at;
        while (parts > 0 && parts < 4 && end < text.length() && text.charAt(end) == '.') {
            int next = numberEnd(end + 1);
            if (next == end + 1) {
                break;
            }
            end = next;
            last = end;
            parts++;
        }
        return last;
    }

    private Token number(int end) throws FilterSyntaxException {
        String digits = text.substring(at, end);
        boolean hex = digits.length() > 1 && (digits.charAt(1) | 0x20) == 'x';
        int radix = hex ? 16 : digits.length() > 1 && digits.charAt(0) == '0' ? 8 : 10;
        long value = 0;
        for (int i = hex ? 2 : 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), radix);
            if (digit < 0) {
                throw source.refused(at, "number " + digits + " contains non-octal digit");
            }
            value = value * radix + digit;
            if (value > 0xffffffffL) {
                throw source.refused(at, "number " + digits + " overflows 32 bits");
            }
        }
        return token(Word.NUMBER, at, end, (int) value);
    }

    private Token sign() {
        for (int length = 2; length > 0; length--) {
            int end = Math.min(at + length, text.length());
            Word word = Word.spelled(text.substring(at, end));
            if (word != null) {
                return token(word, at, end, 0);
            }
        }
        return unknown();
    }

    private Token token(Word word, int from, int to, int number) {
        Token token = new Token(word, text.substring(from, to), number, at);
        at = to;
        return token;
    }
}

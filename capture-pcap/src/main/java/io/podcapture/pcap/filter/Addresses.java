package io.podcapture.pcap.filter;

/** The numbers that addresses stand for. */
final class Addresses {
    /**
     * An address of IPv4 that may lack its last parts, which are then zero.
     *
     * @param mask ones where there are parts
     */
    record Ipv4(int address, int mask) {}

    private Addresses() {}

    /** Parts are decimal, zeros in front or not. */
    static Ipv4 ipv4(Source source, String text) throws FilterSyntaxException {
        int address = 0;
        int bits = 0;
        for (String part : text.split("\\.", -1)) {
            int number = decimal(part);
            if (number > 255) {
                throw source.refused("invalid IPv4 address '" + text + "': each part is 0 to 255, in decimal");
            }
            address = address << 8 | number;
            bits += 8;
        }
        return new Ipv4(address << 32 - bits, -1 << 32 - bits);
    }

    /** More than 255 for what is none. */
    private static int decimal(String part) {
        int number = 0;
        for (int i = 0; i < part.length(); i++) {
            int digit = part.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 256;
            }
            number = Math.min(256, number * 10 + digit);
        }
        return number;
    }

    /** @return four words */
    static int[] ipv6(Source source, String text) throws FilterSyntaxException {
        int gap = text.indexOf("::");
        int[] first = groups(source, text, gap < 0 ? text : text.substring(0, gap));
        int[] last = gap < 0 ? new int[0] : groups(source, text, text.substring(gap + 2));
        int[] groups = new int[8];
        System.arraycopy(first, 0, groups, 0, first.length);
        System.arraycopy(last, 0, groups, 8 - last.length, last.length);
        int[] words = new int[4];
        for (int i = 0; i < 4; i++) {
            words[i] = groups[2 * i] << 16 | groups[2 * i + 1];
        }
        return words;
    }

    private static int[] groups(Source source, String whole, String text) throws FilterSyntaxException {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        boolean dotted = parts[parts.length - 1].indexOf('.') >= 0;
        int[] groups = new int[parts.length + (dotted ? 1 : 0)];
        for (int i = 0; i < parts.length - (dotted ? 1 : 0); i++) {
            groups[i] = Integer.parseInt(parts[i], 16);
        }
        if (dotted) {
            int address = 0;
            for (String part : parts[parts.length - 1].split("\\.", -1)) {
                int number = decimal(part);
                if (number > 255 || part.length() > 1 && part.charAt(0) == '0') {
                    throw source.refused("bogus IPv6 address " + whole);
                }
                address = address << 8 | number;
            }
            groups[groups.length - 2] = address >>> 16;
            groups[groups.length - 1] = address & 0xffff;
        }
        return groups;
    }

    static int[] ipv6Mask(int length) {
        int[] mask = new int[4];
        for (int i = 0; i < 4; i++) {
            int bits = Math.min(32, Math.max(0, length - 32 * i));
            mask[i] = bits == 0 ? 0 : -1 << 32 - bits;
        }
        return mask;
    }

    static byte[] mac(String text) {
        byte[] octets = new byte[6];
        String[] groups = text.split("[:.-]", -1);
        // Without marks, or with two, each octet has two digits.
        String digits = groups.length == 6 ? "" : String.join("", groups);
        for (int i = 0; i < 6; i++) {
            String group = groups.length == 6 ? groups[i] : digits.substring(2 * i, 2 * i + 2);
            octets[i] = (byte) Integer.parseInt(group, 16);
        }
        return octets;
    }
}

<?php
/**
 * What of a source needs a newer PHP than the plugin says it needs.
 *
 * @package Meerkat\Chat
 */

/** Looks at the tokens of a source for what PHP 7.4 does not know. */
final class PhpLevel {

	/** Tokens that only newer releases have. */
	const TOKENS = array( 'T_MATCH', 'T_ENUM', 'T_READONLY', 'T_ATTRIBUTE', 'T_NULLSAFE_OBJECT_OPERATOR' );

	/** Functions that only newer releases have; WordPress itself stands in for some of them, but not all since 6.0. */
	const FUNCTIONS = array(
		'array_all', 'array_any', 'array_find', 'array_find_key', 'array_is_list', 'enum_exists', 'fdatasync', 'fdiv', 'fsync',
		'get_debug_type', 'get_resource_id', 'ini_parse_quantity', 'json_validate', 'mb_lcfirst', 'mb_ltrim', 'mb_rtrim',
		'mb_str_pad', 'mb_trim', 'mb_ucfirst', 'preg_last_error_msg', 'str_contains', 'str_ends_with', 'str_starts_with',
	);

	/** Types that only newer releases have, as the whole of a type. */
	const TYPES = array( 'mixed', 'never', 'null', 'false', 'true' );

	/**
	 * The tokens, without space and comments: name, text, line.
	 *
	 * @var array<int, array{string, string, int}>
	 */
	private $tokens = array();

	/** @var string[] */
	private $found = array();

	/**
	 * What is too new, with the line it is in.
	 *
	 * @return string[]
	 */
	public static function problems( string $source ): array {
		$level = new self();
		$line  = 1;
		foreach ( token_get_all( $source ) as $token ) {
			$line = is_array( $token ) ? $token[2] : $line;
			$name = is_array( $token ) ? token_name( $token[0] ) : $token;
			if ( ! in_array( $name, array( 'T_WHITESPACE', 'T_COMMENT', 'T_DOC_COMMENT' ), true ) ) {
				$level->tokens[] = array( $name, is_array( $token ) ? $token[1] : $token, $line );
			}
		}
		foreach ( array_keys( $level->tokens ) as $at ) {
			$level->look( $at );
		}
		return $level->found;
	}

	/** Looks at one token and those around it. */
	private function look( int $at ): void {
		$name   = $this->name( $at );
		$before = $this->name( $at - 1 );
		$after  = $this->name( $at + 1 );
		if ( in_array( $name, self::TOKENS, true ) ) {
			$this->find( $at, $name );
		} elseif ( 'T_STRING' === $name && ':' === $after && in_array( $before, array( '(', ',' ), true ) ) {
			$this->find( $at, 'a named argument' );
		} elseif ( 'T_STRING' === $name && '(' === $after && in_array( strtolower( $this->tokens[ $at ][1] ), self::FUNCTIONS, true ) ) {
			if ( ! in_array( $before, array( 'T_OBJECT_OPERATOR', 'T_DOUBLE_COLON', 'T_FUNCTION' ), true ) ) {
				$this->find( $at, $this->tokens[ $at ][1] );
			}
		} elseif ( 'T_THROW' === $name && ! in_array( $before, array( ';', '{', '}', ':', ')', 'T_ELSE', 'T_OPEN_TAG' ), true ) ) {
			$this->find( $at, 'throw in an expression' );
		} elseif ( 'T_CATCH' === $name && ! in_array( 'T_VARIABLE', array_column( array_slice( $this->tokens, $at, $this->end( $at + 1 ) - $at ), 0 ), true ) ) {
			$this->find( $at, 'catch without a variable' );
		} elseif ( 'T_CLASS' === $name && 'T_DOUBLE_COLON' === $before && in_array( $this->name( $at - 2 ), array( 'T_VARIABLE', ')', ']' ), true ) ) {
			$this->find( $at, 'the class of an object' );
		} elseif ( 'T_ELLIPSIS' === $name && '(' === $before && ')' === $after ) {
			$this->find( $at, 'a callable by ...' );
		} elseif ( 'T_FINAL' === $name && in_array( 'T_CONST', array( $after, $this->name( $at + 2 ) ), true ) ) {
			$this->find( $at, 'a final constant' );
		} elseif ( 'T_LNUMBER' === $name && preg_match( '/^0o/i', $this->tokens[ $at ][1] ) ) {
			$this->find( $at, 'an octal number with 0o' );
		} elseif ( in_array( $name, array( 'T_FUNCTION', 'T_FN' ), true ) && 'T_USE' !== $before ) {
			$this->signature( $at );
		} elseif ( in_array( $name, array( 'T_PUBLIC', 'T_PROTECTED', 'T_PRIVATE', 'T_VAR' ), true ) ) {
			$this->property( $at );
		}
	}

	/** Looks at the parameters and the type of a function. */
	private function signature( int $at ): void {
		$begin = $at;
		while ( '(' !== $this->name( $begin ) ) {
			++$begin;
		}
		$end = $this->end( $begin );
		$this->no_comma_before( $end );
		$type = $begin + 1;
		for ( $here = $begin + 1; $here < $end; $here++ ) {
			if ( in_array( $this->name( $here ), array( 'T_PUBLIC', 'T_PROTECTED', 'T_PRIVATE' ), true ) ) {
				$this->find( $here, 'a property among parameters' );
			} elseif ( 'T_NEW' === $this->name( $here ) ) {
				$this->find( $here, 'new in a default' );
			} elseif ( ',' === $this->name( $here ) ) {
				$type = $here + 1;
			} elseif ( 'T_VARIABLE' === $this->name( $here ) ) {
				$this->type( $type, $here );
			}
		}
		$here = $end + 1;
		if ( 'T_USE' === $this->name( $here ) ) {
			$here = $this->end( $here + 1 );
			$this->no_comma_before( $here );
			++$here;
		}
		if ( ':' === $this->name( $here ) ) {
			$last = $here;
			while ( ! in_array( $this->name( $last ), array( '{', ';', 'T_DOUBLE_ARROW' ), true ) ) {
				++$last;
			}
			$this->type( $here + 1, $last );
			if ( 'T_STATIC' === $this->name( $here + 1 ) ) {
				$this->find( $here, 'static as a type' );
			}
		}
	}

	/** Looks at the type of a property, where it is one. */
	private function property( int $at ): void {
		$here = $at + 1;
		while ( in_array( $this->name( $here ), array( 'T_STATIC', 'T_STRING', 'T_ARRAY', 'T_NAME_QUALIFIED', 'T_NAME_FULLY_QUALIFIED', '?', '|' ), true ) ) {
			++$here;
		}
		if ( 'T_VARIABLE' === $this->name( $here ) ) {
			$this->type( 'T_STATIC' === $this->name( $at + 1 ) ? $at + 2 : $at + 1, $here );
		}
	}

	/** A type: the tokens from one up to another. */
	private function type( int $from, int $to ): void {
		$texts = array_column( array_slice( $this->tokens, $from, max( 0, $to - $from ) ), 1 );
		// The & of what is handed over by reference, and dots, stand before the variable.
		while ( $texts && in_array( end( $texts ), array( '&', '...' ), true ) ) {
			array_pop( $texts );
		}
		if ( array_intersect( array( '|', '&' ), $texts ) ) {
			$this->find( $from, 'a type of several' );
		} elseif ( 1 === count( $texts ) && in_array( strtolower( $texts[0] ), self::TYPES, true ) ) {
			$this->find( $from, "$texts[0] as a type" );
		}
	}

	private function no_comma_before( int $end ): void {
		if ( ',' === $this->name( $end - 1 ) ) {
			$this->find( $end, 'a comma behind the last parameter' );
		}
	}

	/** Where what opens at a token closes. */
	private function end( int $begin ): int {
		$depth = 0;
		for ( $at = $begin; isset( $this->tokens[ $at ] ); $at++ ) {
			$depth += array( '(' => 1, ')' => -1 )[ $this->name( $at ) ] ?? 0;
			if ( 0 === $depth ) {
				return $at;
			}
		}
		return $at;
	}

	private function name( int $at ): string {
		return $this->tokens[ $at ][0] ?? '';
	}

	private function find( int $at, string $what ): void {
		$this->found[] = $what . ' in line ' . $this->tokens[ $at ][2];
	}
}

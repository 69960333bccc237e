#pragma once
// Inputs on which our reading is held against cmark-gfm's, one subject each, along the sections of
// the CommonMark and GFM specifications.

#include <array>
#include <string_view>

namespace docathon::spec {

using namespace std::string_view_literals;

inline constexpr auto kCases = std::to_array<std::string_view>({
    R"md(# one

## two ##

### three #x#

#### four \#

####### seven
)md"sv,
    R"md(#
##
### ###
#no heading
 # a
  ## b
   ### c
    # code
)md"sv,
    R"md(One
===

Two *and*
more
---

a
--- -
)md"sv,
    R"md(> one
---

> lazy
===
)md"sv,
    R"md(text
    not code

    code

	tabbed
)md"sv,
    R"md(    one

      two


    three
text
)md"sv,
    R"md(```
plain
```

~~~ python  title
x = 1
~~~

```` a`b
````
)md"sv,
    R"md(~~~ a`b ~~~
text
~~~
)md"sv,
    R"md(```
unclosed

text
)md"sv,
    R"md(> ```
> in quote
outside
)md"sv,
    R"md(   ```
   aaa
  aaa
     aaa
  ```
)md"sv,
    R"md(```
aaa
    ```
still
```
)md"sv,
    R"md(````
aaa
```
``````
)md"sv,
    R"md(- ```
  a

  b
  ```
- c
)md"sv,
    R"md(text
```
code
```
text
)md"sv,
    R"md(``` a\*b &amp; c
x
```
)md"sv,
    R"md(- a
- b

  [one](1)
    - [two](2)

      [three](3)
)md"sv,
    R"md(1. [a](a)
2) [b](b)
10. [c](c)
123456789. [d](d)
1234567890. [e](e)
)md"sv,
    R"md(text
2. [a](a)
text
1. [b](b)
)md"sv,
    R"md(text
-
- [a](a)
)md"sv,
    R"md(-

  [a](a)
)md"sv,
    R"md(- a
 - [b](b)
  - [c](c)
   - [d](d)
    - [e](e)
)md"sv,
    R"md(-     code
-    [a](a)
-	[b](b)
-	    code
)md"sv,
    R"md(* * *
- - -
_ _ _
**
+ +
)md"sv,
    R"md(- # heading
- > [q](q)
- - - [deep](deep)
- ```
  code
)md"sv,
    R"md(- a

      code in item

 text
)md"sv,
    R"md(> # heading
>[a](a)
> > [b](b)
lazy [c](c)
> [d](d)
)md"sv,
    R"md(>     code
>	tab
> 	code?
)md"sv,
    R"md(> - a
> [lazy](l)
- b
[lazy](m)

> ```
[not lazy](n)
)md"sv,
    R"md(<div>
[no](link)

[yes](link)
</div>
)md"sv,
    R"md(<!-- [no](a) -->
[yes](a)
<!-- 
[no](b)

[no](c)
--> [no](d)
[yes](e)
)md"sv,
    R"md(<script>
[no](a)

</script> [no](b)
[yes](c)
)md"sv,
    R"md(<custom-tag a="b" c='d' e=f g>
[no](a)

text
<custom-tag>
[yes](b)
)md"sv,
    R"md(<a
href="x">[yes](a)

</span >
[no](b)
)md"sv,
    R"md(<?php [no](a)

?>
[yes](b)
<!X [no](c)

> [yes](d)
<![CDATA[
[no](e)

]]>
# yes
)md"sv,
    R"md(<pre
[no](a)

</pre>

<style>[no](x)</style>
[yes](b)
)md"sv,
    R"md( <table><tr>

[yes](a)

 </table>
)md"sv,
    R"md([a]: /one "title"
[b]: <two three>
[c]:
  /three
  'ti
tle'
[a] [b] [c]
)md"sv,
    R"md([a]: /one "bad" title
[a]

[b]: /two
"title" no
[b]
)md"sv,
    R"md(text
[a]: /no
[a]
)md"sv,
    R"md([a]: /url
===
[a]

[b]: /url
text
===
[b]
)md"sv,
    R"md(> [a]: /in-quote

[a]
- [b]: /in-item
- [b]
)md"sv,
    R"md([Foo
  bar]: /url
[foo bar] [FOO   BAR][]
[ẞ]: /sharp
[SS]
)md"sv,
    R"md([a]: /first
[a]: /second
[a]
)md"sv,
    R"md(- [a]: /b


  [after](x)
)md"sv,
    R"md(| a | b |
|---|---|
| [x](x) | `a \| b` |
| ![i](i) |
| 1 | 2 | [3](3) |

text
)md"sv,
    R"md(a | [b](b)
-|-
[c](c)
 [d](d) | e
> q
)md"sv,
    R"md(text
[above](1)
| [h](h) | i |
| :-: | -- |
| [j](j) | k
- [l](l)
)md"sv,
    R"md(| a | b |
| --- |
| [c](c) |
)md"sv,
    R"md(|a|
|-|
|
[b](b)
)md"sv,
    R"md(a
:-
[b](b)

a
-
[c](c)
)md"sv,
    R"md(- | a | b |
  |---|---|
  | [c](c) | d |

  [e](e)
)md"sv,
    R"md(> | a |
> |---|
[b](b)
)md"sv,
    R"md(| a \\| b |
|---|---|
| [c](c) | d |
)md"sv,
    R"md(- [ ] [a](a)
- [x] [b](b)
- [X] c
- [ ]d
* [ ] # no heading
)md"sv,
    R"md([a](b "c") [d](<e f>) [g](h(i)j) [k](\(l\)) [m]( n )
)md"sv,
    R"md([a](b c) [d](<e) [f](g "h) [i](
j
"k")
)md"sv,
    R"md([a [b](c) d](e) [*a](b)* `[c](d`)
)md"sv,
    R"md(![a [b](c)](d) ![e][f] ![g]

[f]: f
[g]: g
)md"sv,
    R"md([a][b] [c][] [d] [e] [f]

[b]: b
[d]: d
[c]: c
)md"sv,
    R"md([a] [b]
[b]: no

[b]: yes
)md"sv,
    R"md(\[a](b) [a\](b) [a](\b) ![a]\(b)
)md"sv,
    R"md(*a [b*](c) **d [e](f)** ~~[g](h)~~ ~[i](j)~
)md"sv,
    R"md(<https://a.b/c?d=e&f> <mailto:a@b.c> <a@b.c> <not a link> <a:b>
)md"sv,
    R"md(www.example.com https://example.com/a_(b). http://x.y/&amp; ftp://f.g
a.b-c@d.e a@b <b>www.c.de</b>
)md"sv,
    R"md((https://example.com/a) **https://example.com** "www.a.bc", https://a.b/c~~d~~
)md"sv,
    R"md([https://a.b](https://c.d) [www.a.bc][x]

[x]: y
)md"sv,
    R"md(`a` ``b ` c`` `[d](e)` <a href="`">`
)md"sv,
    R"md(a<br>b  
c\
d [e](f)
)md"sv,
    R"md(&copy; &#65; [&auml;](&ouml;) [a](b&quot;c)
)md"sv,
    R"md(# [a](b) `c` *d* <e> ![f](g) &amp; \*
# a  #  b  ##
)md"sv,
    R"md(Setext [a](b)
`c` ![d](e)
  -----
)md"sv,
    R"md(	- a

	  [code?](x)
)md"sv,
    R"md(- a
	- [b](b)

		[c](c)
			code?
)md"sv,
    R"md(>>> [a](a)
>> [b](b)
[c](c)
>
> [d](d)
)md"sv,
    R"md(1.  [a](a)

    [b](b)

        code
 
  3. [c](c)
)md"sv,
    R"md(* [a](a)

* [b](b)
+ [c](c)
- - -
- [d](d)
)md"sv,
    R"md(```
a
> ```
[b](b)
)md"sv,
    R"md(# a


- - # b
    ***
  - ~~~
    c
)md"sv,
    R"md(_[a_](b) [c](d_e_f) **[g**](h)
)md"sv,
    R"md([a](<b\>c> 'd\'e' ) [f]( (g) ) [h](()) [i](()
)md"sv,
    R"md(![](a) [](b) [ ](c) []()
)md"sv,
    R"md(text # no
# yes
text
## yes ## 
    text
)md"sv,
    R"md([a]:
[b]

[b]: <>
)md"sv,
    R"md(<div>text</div> [no](a)
text
</div> [no](b)

<b>x</b> [yes](c)
)md"sv,
    R"md(- <!-- x
- y -->
- [a](a)
)md"sv,
    R"md(a  
===
b\
---
)md"sv,
});

}  // namespace docathon::spec
